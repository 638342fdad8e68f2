"""A program of its own: a report's content as JSON on its input, the PDF on its output. Argument: a folder of fonts.

What people said goes to the template as data, never as markup, so that it cannot set, read or load anything.
"""

import sys
from importlib.resources import as_file, files
from pathlib import Path

import typst


def main() -> None:
    fonts = Path(sys.argv[1])
    content = sys.stdin.buffer.read().decode()
    with as_file(files("vivavoce.outside") / "report.typ") as template:
        made = typst.compile(
            template,
            format="pdf",
            root=template.parent,
            font_paths=[fonts] if fonts.is_dir() else [],
            sys_inputs={"report": content},
        )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
