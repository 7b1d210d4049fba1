using System.Globalization;
using Eigenscope.Models;
using Eigenscope.Models.Layers;
using Xunit;

namespace Eigenscope.Tests.Models.Layers.Architectures;

/// <summary>
/// Real tensor names, family by family. One row a tensor: name, shape, and what must be said: role, block, kind, orientation, reason.
/// What a kind implies is left out: <c>norm 3</c> and <c>bias 3</c> stand alone, vectors have no orientation. A line that begins with @
/// states the architecture of the rows after it ("-" for none).
/// </summary>
public sealed class ArchitectureNamesTests
{
    private static readonly Dictionary<string, string> Implied = new()
    {
        ["norm"] = "a normalisation weight",
        ["bias"] = "a bias",
        ["vector"] = "a vector: no spectrum",
        ["scalar"] = "a scalar",
    };

    public static TheoryData<string> LanguageModels => Rows(LanguageModelNames.Table);

    public static TheoryData<string> Experts => Rows(ExpertNames.Table);

    public static TheoryData<string> Encoders => Rows(EncoderNames.Table);

    public static TheoryData<string> StateSpaces => Rows(StateSpaceNames.Table);

    public static TheoryData<string> Vision => Rows(VisionNames.Table);

    public static TheoryData<string> Convolutions => Rows(ConvolutionNames.Table);

    public static TheoryData<string> Diffusion => Rows(DiffusionNames.Table);

    public static TheoryData<string> Audio => Rows(AudioNames.Table);

    public static TheoryData<string> Gguf => Rows(GgufNames.Table);

    public static TheoryData<string> Frameworks => Rows(FrameworkNames.Table);

    [Theory]
    [MemberData(nameof(LanguageModels))]
    [MemberData(nameof(Experts))]
    [MemberData(nameof(Encoders))]
    [MemberData(nameof(StateSpaces))]
    [MemberData(nameof(Vision))]
    [MemberData(nameof(Convolutions))]
    [MemberData(nameof(Diffusion))]
    [MemberData(nameof(Audio))]
    [MemberData(nameof(Gguf))]
    [MemberData(nameof(Frameworks))]
    public void ANameIsUnderstood(string row)
    {
        var fields = row.Split(" | ");
        foreach (var prefix in new[] { "", "module.", "base_model.model." })
        {
            Assert.Equal(Expected(fields), Said(prefix + fields[1], Shape(fields[2]), fields[0] == "-" ? null : fields[0]));
        }
    }

    private static TheoryData<string> Rows(string table)
    {
        var (rows, architecture) = (new TheoryData<string>(), "-");
        foreach (var line in table.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '@')
            {
                architecture = line[2..];
                continue;
            }

            rows.Add($"{architecture} | {line}");
        }

        return rows;
    }

    private static string Expected(string[] fields)
    {
        var said = fields[3].Split(' ');
        var kind = said.Length > 2 ? said[2] : said[0];
        var orientation = said.Length > 3 ? said[3] : "Unknown";
        return $"{said[0]} {said[1]} {kind} {orientation} | {(fields.Length > 4 ? fields[4] : Implied.GetValueOrDefault(kind))}";
    }

    private static string Said(string name, long[] shape, string? architecture)
    {
        var x = TensorNaming.Describe(name, shape, DType.F32, architecture);
        return $"{x.Role.Text()} {x.Block?.ToString(CultureInfo.InvariantCulture) ?? "-"} {x.Kind} {x.Orientation} | {x.SkipReason}";
    }

    private static long[] Shape(string text) =>
        text == "scalar" ? [] : [.. text.Split('x').Select(size => long.Parse(size, CultureInfo.InvariantCulture))];
}
