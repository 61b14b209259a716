"""The error tree, at the bottom of the house so that every room can raise from it.

DangguiError            anything a user can cause; its text is Chinese and names the cure
InputError            a file, manifest or argument is not what it should be
RefusedError        a file is refused at the door (secrecy mark)
NotFoundError         a title, edition or provision does not exist
AmbiguousError        a title or an address may mean several, or does not say of which text
ConflictError         the same edition with another text is already stored
ModelError            a language model cannot be reached, is too slow or does not answer as asked
StoreError            the knowledge base's folder is missing, locked, damaged or of another version
"""

from __future__ import annotations


class DangguiError(Exception):
    """Something a user can cause and cure; the message is shown as it is."""


class InputError(DangguiError):
    """A file, manifest or argument is not what it should be."""


class RefusedError(InputError):
    """A file is refused at the door, for example for its secrecy mark (密级)."""


class NotFoundError(DangguiError):
    """A title, edition or provision does not exist."""


class AmbiguousError(NotFoundError):
    """A title or an address may mean several, or does not say of which text."""


class ConflictError(DangguiError):
    """The same edition with another text is already stored."""


class ModelError(DangguiError):
    """A language model cannot be reached, is too slow or does not answer as asked."""


class StoreError(DangguiError):
    """The knowledge base's folder is missing, locked, damaged or of another version."""
