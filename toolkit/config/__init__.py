"""The settings of one shop: sheetclerk.toml, read and written."""

from toolkit.config.bonus import BonusSettings
from toolkit.config.loyalty import LoyaltySettings
from toolkit.config.reading import config_of, read_config
from toolkit.config.settings import (
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
from toolkit.config.writing import config_text, starter_lines, tab_lines, with_setting
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
    "read_config",
    "starter_lines",
    "tab_lines",
    "with_setting",
]
