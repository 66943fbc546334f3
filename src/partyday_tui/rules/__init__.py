"""Pure rules of the field: values in, values out. Standard library only, no clock, no I/O."""
