"""How the public sources are asked: politely, within limits, and with one clear line when they fail. No database here."""
