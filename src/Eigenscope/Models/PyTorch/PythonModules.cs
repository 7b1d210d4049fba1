namespace Eigenscope.Models.PyTorch;

/// <summary>
/// The top-level modules of Python's own library, versions 2.7 to 3.14, and of its installer. No class of theirs is taken for a part of a
/// user's program. Source: <c>sys.stdlib_module_names</c> and the module index of version 2.7.
/// </summary>
internal static class PythonModules
{
    private static readonly HashSet<string> Names =
    [
        .. """
        abc aifc annotationlib antigravity anydbm argparse array ast asynchat asyncio asyncore atexit audioop base64 BaseHTTPServer bdb
        binascii bisect bsddb builtins bz2 calendar cgi CGIHTTPServer cgitb chunk cmath cmd code codecs codeop collections colorsys
        commands compileall compiler compression concurrent ConfigParser configparser contextlib contextvars Cookie cookielib copy
        copy_reg copyreg cPickle cProfile crypt cStringIO csv ctypes curses dataclasses datetime dbm decimal difflib dircache dis
        distutils dl doctest dummy_thread dummy_threading email encodings ensurepip enum errno exceptions faulthandler fcntl filecmp
        fileinput fnmatch fpformat fractions ftplib functools future_builtins gc genericpath getopt getpass gettext glob graphlib grp gzip
        hashlib heapq hmac hotshot html htmllib HTMLParser http httplib idlelib ihooks imaplib imghdr imp importlib imputil inspect io
        ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math md5 mhlib mimetools mimetypes
        MimeWriter mimify mmap modulefinder msilib msvcrt multifile multiprocessing mutex netrc new nis nntplib nt ntpath nturl2path
        numbers opcode operator optparse os os2emxpath ossaudiodev pathlib pdb pickle pickletools pip pipes pkg_resources pkgutil platform
        plistlib popen2 poplib posix posixfile posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat Queue
        queue quopri random re readline repr reprlib resource rexec rfc822 rlcompleter robotparser runpy sched secrets select selectors
        sets setuptools sgmllib sha shelve shlex shutil signal SimpleHTTPServer SimpleXMLRPCServer site smtpd smtplib sndhdr socket
        SocketServer socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics statvfs string StringIO stringprep
        strop struct subprocess sunau sunaudio symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this
        thread threading time timeit Tkinter tkinter tkMessageBox toaiff token tokenize tomllib trace traceback tracemalloc ttk tty turtle
        turtledemo types typing unicodedata unittest urllib urllib2 urlparse user UserDict UserList UserString uu uuid venv warnings wave
        weakref webbrowser wheel whichdb winreg winsound wsgiref xdrlib xml xmlrpc xmlrpclib zipapp zipfile zipimport zlib zoneinfo
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>True for a module of Python. Names with a leading underscore are its internal ones; <c>__main__</c> is a user's, and <c>__torch__</c> TorchScript's.</summary>
    public static bool Contains(string package) =>
        package.Length == 0 || (package[0] == '_' && package is not ("__main__" or "__torch__")) || Names.Contains(package);

    /// <summary>The name that Python 3 gives a module of Python 2, for those that occur in checkpoints.</summary>
    public static string Modern(string module) => module switch
    {
        "__builtin__" => "builtins",
        "copy_reg" => "copyreg",
        _ => module,
    };
}
