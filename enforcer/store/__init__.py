"""Where it is kept: the database, its log, the vault of files, backups."""
