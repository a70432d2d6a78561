"""How the command line is called: the help, and what was wrong with a call. In the user's language.

Typer parses; what it would say in English is said here instead, as plain text without frames, so that it reads the
same on any console and aloud. Help texts are given as msgids (`mark`) and translated when they are shown.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import typer

# Typer publishes no other name for these; its version is pinned, and the suite makes every one of these mistakes.
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from simulator.source.diagnostics import suggest
from simulator.wording import _, mark

WIDTH = 100
"""Columns of the help."""

_HELP_OPTION = mark("Show this help.")


class Command(TyperCommand):
    """A command with its help and its mistakes in the user's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Typer's own complaint about too many arguments has no class of its own: it is made in `invoke` instead.
        settings = {**(kwargs.pop("context_settings", None) or {}), "allow_extra_args": True}
        super().__init__(*args, context_settings=settings, **kwargs)

    def get_help(self, ctx: Any) -> str:
        """The whole help text."""
        return "\n".join(_command_help(ctx, self))

    def invoke(self, ctx: Any) -> Any:
        """Runs the command, unless arguments are left over."""
        if ctx.args:
            raise typer.BadParameter(_("«{argument}» is too much here.").format(argument=ctx.args[0]), ctx=ctx)
        return super().invoke(ctx)


class Group(TyperGroup):
    """All commands together."""

    def get_help(self, ctx: Any) -> str:
        """What commands there are."""
        return "\n".join(_group_help(ctx, self))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant by the first word."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            said = _("There is no command «{name}».").format(name=name)
            raise typer.BadParameter(f"{said}{meant(name, self.list_commands(ctx))}", ctx=ctx)
        return super().resolve_command(ctx, args)


def meant(word: str, candidates: Sequence[str]) -> str:
    """« ¿Quiso decir …?» to be put after a sentence, or nothing when no candidate is near."""
    near = suggest(word, candidates)
    return "" if near is None else " " + _("Did you mean «{suggestion}»?").format(suggestion=near)


def complaint(error: typer.TyperException) -> str:
    """What was wrong with the call, and where to read how it is done."""
    context: Any = getattr(error, "ctx", None)
    path = "main.py" if context is None else context.command_path
    return f"{path}: {_what(error)}\n{_('Help: {command}').format(command=f'python {path} --help')}"


def _what(error: typer.TyperException) -> str:
    match error:
        case NoSuchOption(option_name=name, ctx=context):
            known = [] if context is None else [o for p in context.command.params for o in p.opts]
            return _("There is no option {name}.").format(name=name) + meant(name, [*known, "--help"])
        case BadOptionUsage(option_name=name):
            if "requires" in error.message:
                return _("The option {name} needs a value.").format(name=name)
            return _("The option {name} takes no value.").format(name=name)
        case MissingParameter(param=param) if param is not None:
            return _("{name} is missing.").format(name=_name(param))
        case typer.BadParameter(param=param) if param is not None:
            return _("The value of {name} is not possible: a whole number is expected.").format(name=_name(param))
        case typer.BadParameter():
            return error.message  # said by us
        case _:
            return _("The command is not called like this.")


def _name(param: Any) -> str:
    return str(param.opts[0] if isinstance(param, TyperOption) else _(param.metavar or param.name))


def _group_help(ctx: Any, group: Group) -> Iterator[str]:
    yield _("Usage: {command}").format(command=f"python {ctx.command_path} [{_('COMMAND')}]")
    yield ""
    yield from textwrap.wrap(_(group.help or ""), WIDTH)
    yield ""
    yield _("Commands:")
    commands = [(name, group.get_command(ctx, name)) for name in group.list_commands(ctx)]
    yield from _columns([(name, _(found.help or "")) for name, found in commands if found is not None])
    yield ""
    said = _("Each command has its own help: {command}")
    yield said.format(command=f"python {ctx.command_path} {commands[0][0]} --help")


def _command_help(ctx: Any, command: Command) -> Iterator[str]:
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    # Typer makes the option for help only when it parses; it is said here once and for all.
    options = [param for param in command.params if isinstance(param, TyperOption)]
    pieces = [_placeholder(param) if param.required else f"[{_placeholder(param)}]" for param in arguments]
    pieces += [_usage(param) for param in options if param.required]
    yield _("Usage: {command}").format(command=" ".join(["python", ctx.command_path, *pieces, f"[{_('OPTIONS')}]"]))
    yield ""
    yield from textwrap.wrap(_(command.help or ""), WIDTH)
    if arguments:
        yield ""
        yield _("Arguments:")
        yield from _columns([(_placeholder(param), _(param.help or "")) for param in arguments])
    yield ""
    yield _("Options:")
    yield from _columns([*((_usage(param), _about(param)) for param in options), ("--help", _(_HELP_OPTION))])


def _placeholder(param: TyperArgument) -> str:
    return f"{_(param.metavar or param.name)}{' …' if param.nargs == -1 else ''}"


def _usage(option: TyperOption) -> str:
    return option.opts[0] if option.is_flag or not option.metavar else f"{option.opts[0]} {_(option.metavar)}"


def _about(option: TyperOption) -> str:
    text = _(option.help or "")
    if option.required:
        return f"{text} {_('(required)')}"
    if option.is_flag or option.default is None:
        return text
    return f"{text} {_('(otherwise {default})').format(default=option.default)}"


def _columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    left = max((len(first) for first, _second in rows), default=0) + 4
    for first, second in rows:
        lines = textwrap.wrap(second, WIDTH - left) or [""]
        yield f"  {first}".ljust(left) + lines[0]
        yield from (" " * left + line for line in lines[1:])
