"""Makes ``tests.allocator`` importable, as pytest names this file: tests share ``rules.tiny`` and the oracles."""
