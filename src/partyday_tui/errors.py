"""Errors that carry one Chinese sentence for the user, and nothing else."""

import errno


class PartydayError(Exception):
    """A refusal or failure told to the user in one sentence that ends with the next step.

    ``exit_code`` is what the command line returns: 1, the program or the machine failed.
    """

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UserMistake(PartydayError):
    """What was asked for cannot be done as asked; the sentence says how to ask. Exit code 2."""

    exit_code = 2


_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "磁盘放不下",
    errno.EROFS: "这个磁盘只能读",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "没有这个位置",
    errno.ENOTDIR: "没有这个位置",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "这是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "磁盘读写出错",
}


def cause_of(error: OSError) -> str:
    """Why the machine refused, in Chinese words that fit into brackets."""
    return _CAUSES.get(error.errno or 0, f"系统错误 {error.errno or 0}")
