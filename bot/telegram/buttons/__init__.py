"""What a button carries: everything needed to act on it, so that it outlives the process.

| data | button |
|---|---|
| `1:p:<tongue>:<record>:<entry>` | puts an entry in place of the message it stands under |
| `1:f:<tongue>:<record>:<entry>` | shows an entry below it |
| `1:n:<tongue>:<record>` | none of the choices |
| `1:u:<tongue>:<record>.<version>:<entry>` | 👍; `d` is 👎, `w o c q` reasons, `b` back |
| `1:t:<tongue>:<record>` | tell me when there is an answer; `k` is not any more |
| `1:x:<tongue>:<number>` | asks an example |
| `1:l:<tongue>` | chooses a language, `-` none |

The leading number is the version of this format; Telegram allows 64 bytes. A rating writes its
record in base 36 and the knowledge's version in base 64, so that any entry fits.
"""

from bot.telegram.buttons.coding import decode, encode
from bot.telegram.buttons.values import (
    Button,
    ChooseLanguage,
    Example,
    Press,
    Rate,
    Rating,
    Wait,
)

__all__ = [
    "Button",
    "ChooseLanguage",
    "Example",
    "Press",
    "Rate",
    "Rating",
    "Wait",
    "decode",
    "encode",
]
