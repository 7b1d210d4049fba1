using System.Diagnostics;
using Eigenscope.Cluster.Engines;
using Xunit;

namespace Eigenscope.Tests.Cluster.Engines;

/// <summary>Words as a shell reads them, held against the shell itself.</summary>
public sealed class ShellWordsTests
{
    private static readonly string[] Odd = ["plain", "/a/b-c_d.e:f@1,2%3+4=5", "", " ", "it's", "\"", "\\", "$HOME", "`id`", "a b", "*", "~", "#x", "a\nb", "é", "!x", "'\\''"];

    [Fact]
    public void Plain_words_stay_as_they_are() => Assert.Equal("/a/b-c_d.e:f@1,2%3+4=5", ShellWords.Quote("/a/b-c_d.e:f@1,2%3+4=5"));

    [Fact]
    public void What_was_joined_is_split_into_the_same_words() => Assert.Equal(Odd, ShellWords.Split(ShellWords.Join(Odd)));

    [Fact]
    public void Bash_reads_what_was_joined() => Assert.Equal(Odd, Bash(ShellWords.Join(Odd)));

    [Theory]
    [InlineData("")]
    [InlineData("  -p gpu\t-A  'my project' ")]
    [InlineData("--comment=\"two 'words'\" a\\ b 'c'\"d\"e")]
    [InlineData("\"a\\\"b\\\\c\\d\" '' \"\"")]
    public void Lines_are_split_as_bash_splits_them(string line) => Assert.Equal(Bash(line), ShellWords.Split(line));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b\\\"")]
    [InlineData("a\\")]
    public void What_breaks_off_is_refused(string line) => Assert.Throws<FormatException>(() => ShellWords.Split(line));

    private static string[] Bash(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks bash");
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", $"words=({line}); [ ${{#words[@]}} = 0 ] || printf '%s\\0' \"${{words[@]}}\""]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output.Length == 0 ? [] : output[..^1].Split('\0');
    }
}
