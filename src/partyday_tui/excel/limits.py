"""How large a spreadsheet may be to come in, and the sentences that refuse one (reliability.md §7)."""

FILE_LIMIT = 10 * 2**20
EXPANDED_LIMIT = 40 * 2**20
PARTS_LIMIT = 200
RATIO_LIMIT = 200
ROW_LIMIT = 20_000
COLUMN_LIMIT = 200
SECONDS_LIMIT = 30.0
MEMORY_LIMIT = 512 * 2**20
ANSWER_LIMIT = 128 * 2**20  # of the child that reads; a sheet at the other limits stays far below

SAVE_AS = "请在 WPS 或 Excel 中另存为 xlsx 后再导入。"
BROKEN = f"文件已损坏或格式不对，读不出来，{SAVE_AS}"
NOT_A_SHEET = f"这不是表格文件，{SAVE_AS}"
LOCKED = "文件设了打开密码，请在 WPS 或 Excel 中取消密码、另存后再导入。"
TOO_BIG = "文件太大(超过 10 MB，或展开后超过 40 MB)，不像名册或计划表，请只留需要的工作表，另存后再导入。"
TOO_WIDE = f"表格超过 {ROW_LIMIT} 行或 {COLUMN_LIMIT} 列，请删去多余的行列，另存后再导入。"
MACROS = "文件里带有宏，为安全起见不导入，请在 WPS 或 Excel 中另存为不带宏的 xlsx 后再导入。"
DOCTYPE = f"文件里有不该有的外部定义，为安全起见不导入，{SAVE_AS}"
TOO_SLOW = "这个文件读了很久还没有读完，没有导入，请只留需要的工作表和行，另存为 xlsx 后再导入。"
TOO_MUCH_MEMORY = "读这个文件要的内存太多，没有导入，请只留需要的工作表和行，另存为 xlsx 后再导入。"
DIED = f"文件读到一半读不下去(可能已损坏，或要的内存太多)，没有导入，{SAVE_AS}"
STOPPED = "已停止读取，什么也没有导入；要导入请再选一次文件。"
