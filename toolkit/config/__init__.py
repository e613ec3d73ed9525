"""The settings of one shop, in sheetclerk.toml."""

from toolkit.config.editing import edit_settings, with_setting, with_tab, without_starter
from toolkit.config.loyalty import LoyaltySettings
from toolkit.config.reading import config_of, read_config
from toolkit.config.settings import (
    BonusSettings,
    BookSettings,
    Config,
    MailSettings,
    SendingSettings,
    ShopSettings,
    StarterTable,
    TabMapping,
    default_config,
)
from toolkit.config.values import WEEKDAYS, Hours, Term
from toolkit.config.writing import config_text
from toolkit.rules.loyalty.spend import Window

__all__ = [
    "WEEKDAYS",
    "BonusSettings",
    "BookSettings",
    "Config",
    "Hours",
    "LoyaltySettings",
    "MailSettings",
    "SendingSettings",
    "ShopSettings",
    "StarterTable",
    "TabMapping",
    "Term",
    "Window",
    "config_of",
    "config_text",
    "default_config",
    "edit_settings",
    "read_config",
    "with_setting",
    "with_tab",
    "without_starter",
]
