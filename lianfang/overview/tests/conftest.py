"""The fonts of what is printed are those of the documents' own tests."""

from lianfang.documents.conftest import fonts_folder

__all__ = ["fonts_folder"]
