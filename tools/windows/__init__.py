"""The portable folder for Windows: built on Linux from the package registries, and run there under Wine.

``build`` makes the folder, ``lock`` pins what goes into it, ``check`` runs it.
"""
