"""Recipes: a model's config and how it is trained, in one JSON file, to begin from random weights."""

import json

from .errors import UserError

OPTIONS = ("steps", "batch", "accumulate", "learning_rate", "ema_decay", "class_dropout", "time_sampling", "seed")


def read_recipe(path):
    """(config, options of train by their names with `_`). Throws UserError."""
    try:
        with open(path, encoding="utf-8") as file:
            recipe = json.load(file)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise UserError(f"{path} is no recipe: it is not JSON.") from None
    config, training = (recipe.get(key) if isinstance(recipe, dict) else None for key in ("config", "training"))
    if not isinstance(config, dict) or not isinstance(training, dict):
        raise UserError(f"{path} is no recipe: it needs 'config' and 'training', both objects.")
    for name, value in training.items():
        if name not in OPTIONS:
            raise UserError(f"{path}: there is no training option '{name}'. It may hold {', '.join(OPTIONS)}.")
        if name != "time_sampling" and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise UserError(f"{path}: '{name}' must be a number, not {json.dumps(value)}.")
    return config, training
