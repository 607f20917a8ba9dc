"""What leaves Kronik: for machines (``contract``), for people (``text``), and rows (``table``)."""
