"""设置: the branch, its preset, and every rule with the sentence it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.widgets.columns import Column, Row
from partyday_tui.ui.widgets.fields import Field
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.rules.rule_book import RuleInForce


class SettingsScreen(BookScreen):
    """What the branch is and which rules it goes by."""

    TITLE_WORD = "设置"
    SUMMARY_LINES = 1
    ACTIONS = (
        Action("f5", "支部信息", "改支部名称、上级、书记", "edit_branch", reading="zbxx zhibuxinxi"),
        Action(
            "ctrl+t", "支部类型", "换一种支部类型，从今天起按它的规则", "switch_preset", reading="zblx zhibuleixing"
        ),
        Action("insert +", "另定一条", "规则里没有说的，支部自己定一条", "add_rule", reading="ldyt lingdingyitiao"),
        Action("ctrl+y", "外观", "深色、浅色，或框线不乱的简朴外观", "choose_look", reading="wg waiguan"),
        Action(
            "ctrl+k",
            "锁屏",
            "几分钟不按键就锁屏，挡住路过的人",
            "set_lock",
            reading="sp suoping",
        ),
        Action("", "看原文", "看这条规则的原文和出处", "show_source", menu=True),
        Action("", "改这一条", "写上本支部自己的做法和理由", "override", menu=True),
        Action("", "照规则办", "撤回本支部自己的做法", "withdraw", menu=True),
    )
    COLUMNS = (
        Column("规则", 30),
        Column("内容", flex=2, ink="strong"),
        Column("强度", 6, ink="quiet"),
        Column("出处", flex=2, ink="quiet", from_width=100),
    )

    def __init__(self) -> None:
        super().__init__()
        self._rules: list[tuple[str, RuleInForce]] = []
        self._guide = ""

    def on_mount(self) -> None:
        """Read the rules in force today."""
        self._read_anew(self._read)

    async def _read(self, cursor: str | None = None) -> None:
        from partyday_tui.rules.policy import STRENGTH_WORDS
        from partyday_tui.services.presets import rules_in_force

        preset, self._rules = await self.partyday.call(rules_in_force)
        self._guide = preset.guide
        branch = self.partyday.branch
        assert branch is not None
        self.set_title(preset.name, branch.name, SaveState.SAVED)
        self.set_summary(
            f"上级 {branch.superior or '未填'}  书记 {branch.secretary or '未填'}", f"规则{len(self._rules)}条 "
        )
        self.register.set_rows(
            [
                Row(
                    rule.key,
                    (
                        title,
                        rule.value_words,
                        "自定" if rule.override else STRENGTH_WORDS[rule.rule.strength if rule.rule else "default"],
                        rule.source,
                    ),
                )
                for title, rule in self._rules
            ],
            cursor=cursor,
        )

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say the sentence behind the rule under the cursor."""
        event.stop()
        rule = self._rule_here()
        self.tell(rule.source if rule else "", ink="quiet")

    def _rule_here(self) -> RuleInForce | None:
        key = self.register.cursor_key
        return next((rule for _, rule in self._rules if rule.key == key), None)

    async def show_source(self) -> None:
        """The sentence of the guide, its seed and what the program adds."""
        rule = self._rule_here()
        if rule is None:
            return
        lines = [f"现在：{rule.value_words}"]
        if rule.rule is not None:
            lines += [f"原文：「{rule.rule.sentence}」", f"出处：{self._guide}"]
            lines += [f"说明：{rule.rule.note}"] if rule.rule.note else []
        if rule.rule is None:
            lines.append("指南没有说怎样办，本程序这样默认；支部可以按自己的情况改。")
        if rule.override is not None:
            lines.append(f"本支部自定（{rule.override.valid_from} 起）：{rule.override.reason}")
        await self.ask(ShowText("规则原文", "\n".join(lines)))

    async def override(self) -> None:
        """Ask for the branch's own value and the reason for it."""
        from partyday_tui.services.presets import override_rule
        from partyday_tui.ui.screens.rule_form import ask_for_value

        rule = self._rule_here()
        answer = rule and await ask_for_value(self, rule.key, rule.value)
        if rule is not None and answer:
            await self.partyday.call(override_rule, rule.key, *answer)
            await self._read()
            self.tell("已存盘，从今天起按这个办")

    async def add_rule(self) -> None:
        """Let the branch set a rule that its guide is silent about; another guide's value is offered."""
        from partyday_tui.services.presets import override_rule, unstated_rules
        from partyday_tui.ui.screens.rule_form import ask_for_value

        lent = {rule.key: rule for rule in await self.partyday.call(unstated_rules)}
        entries = [(rule.key, rule.title, rule.value_words) for rule in lent.values()]
        key = await self.ask(Choose("支部自己定哪一条（右边是别的指导书的说法）", entries))
        answer = key and await ask_for_value(self, key, lent[key].value)
        if key and answer:
            await self.partyday.call(override_rule, key, *answer)
            await self._read(key)
            self.tell("已存盘，从今天起按这个办")

    async def withdraw(self) -> None:
        """Go back to the guide's rule from today on."""
        from partyday_tui.services.presets import override_rule

        rule = self._rule_here()
        if rule is None or rule.override is None:
            self.tell("这一条本来就是照规则办的")
            return
        await self.partyday.call(override_rule, rule.key, None, "恢复按规则办理")
        await self._read()
        self.tell("已存盘，从今天起照规则办")

    async def edit_branch(self) -> None:
        """Ask for the branch's particulars."""
        from partyday_tui.rules.text import clean_line, clean_name
        from partyday_tui.services.books import change_branch

        branch = self.partyday.branch
        assert branch is not None
        values = await self.ask(
            FormDialog(
                "支部信息",
                [
                    Field("name", "支部名称", branch.name, required=True),
                    Field("superior", "上级党组织", branch.superior),
                    Field("secretary", "支部书记", branch.secretary),
                ],
            )
        )
        if values is not None:
            self.partyday.branch = await self.partyday.call(
                change_branch,
                name=clean_line(values["name"]).text,
                superior=clean_line(values["superior"]).text,
                secretary=clean_name(values["secretary"]).text,
            )
            await self._read()
            self.tell("已存盘")

    async def choose_look(self) -> None:
        """Ask for a look, put it on, and keep it for the next start on this computer."""
        from partyday_tui.config import LOOK_WORDS, choose_look

        help_words = {"partyday-plain": "老式窗口里框线或标点错位时用"}
        entries = [(name, word, help_words.get(name, "")) for name, word in LOOK_WORDS.items()]
        name = await self.ask(Choose("外观", entries, current=self.app.theme))
        if name is not None:
            self.app.theme = name
            await self.partyday.run_in_book_thread(choose_look, name)
            self.tell(f"外观换成{LOOK_WORDS[name]}")

    async def set_lock(self) -> None:
        """Ask when the screen locks."""
        from partyday_tui.ui.screens.lock_questions import set_lock

        await set_lock(self)

    async def switch_preset(self) -> None:
        """Ask for another preset; the past keeps its old rules."""
        from partyday_tui.services.presets import presets, switch_preset

        kinds = [(preset.id, preset.name, preset.guide) for preset in await self.partyday.run_in_book_thread(presets)]
        name = await self.ask(Choose("从今天起按哪一种支部的规则", kinds))
        if name is not None:
            await self.partyday.call(switch_preset, name, "在设置中更换")
            await self._read()
            self.tell("已存盘，以前的活动仍按当时的规则")
