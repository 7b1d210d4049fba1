using System.Text.Json;
using System.Text.RegularExpressions;
using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms;

/// <summary>The arrays of ../shared/reference/merging.</summary>
internal static partial class MergeReference
{
    private static readonly string Cases = Path.Combine(SharedFiles.Repository, "..", "shared", "reference", "merging", "mergekit_cases.json");

    /// <summary>The names of the cases; none where the file is absent.</summary>
    public static IReadOnlyList<string> Names { get; } = File.Exists(Cases) ? [.. Root().GetProperty("cases").EnumerateObject().Select(item => item.Name)] : [];

    public static bool Exists(params string[] parts) => File.Exists(Path.Combine([Path.GetDirectoryName(Cases)!, .. parts]));

    /// <summary>A case, with inputs that are larger than its result cropped to it.</summary>
    public static MergeSetup Case(string name)
    {
        var item = Root().GetProperty("cases").GetProperty(name);
        var shape = item.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var basis = item.GetProperty("base").GetString();
        var models = item.GetProperty("models").EnumerateArray().Select(model => model.GetString()!).ToArray();
        return new MergeSetup(
            item.GetProperty("method").GetString()!,
            shape,
            basis is null ? null : Cropped(Input(basis), shape),
            [.. models.Select((model, place) => new MergeModel(place, Cropped(Input(model), shape), Values(item.GetProperty("per_model"), model), model == basis))],
            Values(item.GetProperty("parameters")))
        {
            Uniforms = item.GetProperty("uniforms").ValueKind == JsonValueKind.Null ? null : Masks([.. item.GetProperty("uniforms").EnumerateArray().Select(mask => mask.GetString()!)], basis is null ? 0 : 1),
        };
    }

    public static ArrayElements Input(string name) => Read("inputs", name + ".npy");

    /// <summary>Random numbers from files, of the models after the base.</summary>
    public static UniformSource Masks(string[] names, int before)
    {
        var masks = Array.ConvertAll(names, name => Read("masks", name + ".npy"));
        return (input, first, to) => masks[input.Model - before].Read(first, to);
    }

    /// <summary>An array of little-endian float32 or float64 in C order.</summary>
    public static ArrayElements Read(params string[] parts)
    {
        var bytes = File.ReadAllBytes(SharedFiles.Path(["reference", "merging", .. parts]));
        var end = 10 + BitConverter.ToUInt16(bytes, 8);
        var header = System.Text.Encoding.Latin1.GetString(bytes, 10, end - 10);
        var shape = Shape().Match(header).Groups["sizes"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(long.Parse).ToArray();
        var wide = header.Contains("<f8", StringComparison.Ordinal);
        var values = new double[(bytes.Length - end) / (wide ? 8 : 4)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = wide ? BitConverter.ToDouble(bytes, end + (8 * i)) : BitConverter.ToSingle(bytes, end + (4 * i));
        }

        return new ArrayElements(shape, values);
    }

    private static IElements Cropped(ArrayElements elements, long[] shape) => elements.Shape.SequenceEqual(shape) ? elements : new CroppedElements(elements, shape);

    private static JsonElement Root() => JsonDocument.Parse(File.ReadAllText(Cases)).RootElement;

    private static Dictionary<string, object> Values(JsonElement all, string? model = null)
    {
        var found = model is null || all.TryGetProperty(model, out all);
        return found ? all.EnumerateObject().ToDictionary(item => item.Name, item => Value(item.Value), StringComparer.Ordinal) : [];
    }

    private static object Value(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : value.GetDouble();

    [GeneratedRegex(@"'shape': \((?<sizes>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shape();
}
