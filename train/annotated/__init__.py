"""From what annotators and authors write (strings) to what training reads (offsets and hashes)."""
