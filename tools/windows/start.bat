@echo off
setlocal
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" goto incomplete
if not exist "%HERE%python\Lib\site-packages\partyday_portable.py" goto incomplete
rem Commands answer in the window that they were typed in.
if not "%~1"=="" goto here
rem Windows Terminal where there is one; it takes a semicolon for the end of a command.
if defined WT_SESSION goto here
if not "%HERE:;=%"=="%HERE%" goto here
where /q wt.exe || goto here
start "" wt.exe -d "%HERE%." "%HERE%python\python.exe" -X utf8 -m partyday_portable
exit /b
:here
"%HERE%python\python.exe" -X utf8 -m partyday_portable %*
exit /b %errorlevel%
:incomplete
rem The code page is left alone until here: that of the system has the font with Chinese.
chcp 65001 >nul
echo.
echo 程序文件不全，打不开。
echo 如果是在压缩包里点开的，请先把整个文件夹解压到硬盘上（如 D 盘），再双击里面的「主题党日台账」。
echo 如果已经解压过，可能是杀毒软件拿走了文件。请把整个文件夹重新复制一份，再双击。账本不会少。
echo.
pause
exit /b 1
