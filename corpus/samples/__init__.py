"""The bundled samples (示例): rules of a fictional county."""
