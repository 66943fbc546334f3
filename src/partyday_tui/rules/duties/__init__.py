"""应办事项: what the rules of a branch ask of it in a year, judged by the facts, as pure functions."""
