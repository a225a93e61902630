"""`python -m lianfang` is the command line."""

from lianfang.shell.cli.main import run

if __name__ == "__main__":
    run()
