"""``python -m kronik`` is the ``kronik`` command."""

from kronik.cli import main

if __name__ == "__main__":
    main()
