"""An invented government to try Loket out: its people, its history, its mailbox."""
