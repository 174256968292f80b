"""Paper: templates, typesetting, PDF."""
