"""What the commands tell their user instead of a traceback."""


class UserError(Exception):
    """Something that the user can put right; the message says what was wrong and what to do."""


def explained(command):
    """Runs a command's main; a UserError ends it with its message and exit code 1."""
    try:
        command()
    except UserError as error:
        raise SystemExit(f"Error: {error}") from None
