"""Reads one document and ends: `python -m vivavoce.outside.document_worker [MEDIA_TYPE]`, its bytes on standard input.

One JSON object on standard output: `{"text": ...}`, or `{"code": ..., "said": ...}` for a document that is refused.
"""

import json
import logging
import sys
from typing import Final

from vivavoce.domain.errors import Invalid
from vivavoce.outside.reading import text_of

_MOST_MEMORY_BYTES: Final = 1024 * 1024 * 1024


def _limit_memory() -> None:
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))


def main() -> None:
    logging.disable()  # pypdf tells of every fault it repairs, and quotes what it read
    _limit_memory()
    media_type = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        answer = {"text": text_of(sys.stdin.buffer.read(), media_type)}
    except Invalid as error:
        answer = {"code": error.code, "said": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
