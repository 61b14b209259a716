"""The search index of a base kept up to date (索引维护): when it is current, who builds it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from corpus.errors import StoreError
from corpus.store import Store
from corpus.store_lock import WriterLock
from danggui.settings import read_settings
from index.build import Wanted, update
from index.embedding import embedder_for
from index.settings import IndexSettings
from index.storage import damaged_files, is_current, is_whole, missing_files, read_manifest, recipe

INDEX_FOLDER = "index"


def is_index_current(store: Store, settings: IndexSettings) -> bool:
    """Tell whether the index of a store is there and made from what it holds with these settings."""
    model = "" if settings.store == "none" else embedder_for(settings.embedding).identity
    return is_current(store.home / INDEX_FOLDER, store.digest(), recipe(model, settings.store))


def refresh_index(store: Store, settings: IndexSettings, progress: Callable[[int], None] | None = None) -> bool:
    """Bring the index up to date where it is missing or stale, and tell whether that was done.

    While another process writes, its index is left to it and the former one serves; so it does where the folder
    cannot be written to. Raises StoreError when there is no whole one.
    """
    if is_index_current(store, settings):
        return False
    try:
        lock = WriterLock(store.home)
    except StoreError as error:
        if is_whole(store.home / INDEX_FOLDER):
            return False
        if isinstance(error.__cause__, BlockingIOError):
            raise StoreError(f"正在首次建立知识库，请稍候再试。{error}") from error
        raise StoreError(f"检索索引还没有建好，或已损坏，要等能够写入时重建。{error}") from error
    try:
        if is_index_current(store, settings):  # built by another process meanwhile
            return False
        build_index(store, settings, progress)
    finally:
        lock.release()
    return True


def index_faults(store: Store) -> list[str]:
    """Return what is wrong with the index of a store, its files read whole."""
    folder = store.home / INDEX_FOLDER
    try:
        manifest = read_manifest(folder)
    except StoreError:
        return ["检索索引还没有建立，或已损坏；下一次检索时会自动重建"]
    if missing := missing_files(folder, manifest):
        return [f"检索索引的文件缺失或不完整（{'、'.join(missing)}）；下一次检索时会自动重建"]
    if damaged := damaged_files(folder, manifest):
        return [f"检索索引的文件已损坏（{'、'.join(damaged)}）；请运行 danggui reindex 重建"]
    if not is_index_current(store, read_settings(store.home)):
        return ["检索索引与库中文本或设置不一致；下一次检索时会自动更新"]
    return []


def build_index(
    store: Store, settings: IndexSettings, progress: Callable[[int], None] | None = None, *, anew: bool = False
) -> None:
    """Make the index of a store hold what it holds, taking nothing over when it is built `anew`.

    The former index serves until the new one is in place; the caller sees to it that nobody else builds. Raises
    InputError for settings that cannot be met.
    """
    digests = store.digests()
    wanted = (Wanted(info.id, digests[info.id], partial(store.edition, info.id)) for info in store.infos())
    update(wanted, store.home / INDEX_FOLDER, store.digest(), progress, settings=settings, anew=anew)
