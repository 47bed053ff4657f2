"""What a call or an update must be, judged by code that isn't ours wherever there is some.

`schema` asks aiogram's models, `text` asks Telegram's own library; `markup` and `inline` hold the
few rules that neither of them knows.
"""
