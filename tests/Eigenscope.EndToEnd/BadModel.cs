namespace Eigenscope.EndToEnd;

/// <summary>A path that holds no readable model.</summary>
/// <param name="Write">Makes it in a folder and returns the path to give to the tool.</param>
/// <param name="File">The file that the error must name.</param>
/// <param name="Says">A part of what must be said of it.</param>
internal sealed record BadModel(Action<TemporaryFolder> Write, string File, string Says)
{
    private const string Weights = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    private static readonly byte[] Good = SafeTensors.Of(("w", [4, 4], new float[16]));

    /// <summary>Every bad model by its name.</summary>
    public static IReadOnlyDictionary<string, BadModel> All { get; } = new Dictionary<string, BadModel>
    {
        ["missing path"] = new(_ => { }, "nothing.safetensors", "no such"),
        ["empty folder"] = new(folder => folder.MakeFolder("empty"), "empty", "empty"),
        ["folder without weights"] = new(folder => Place(folder, "docs", "readme.txt", "text"u8.ToArray()), "docs", "no weight file"),
        ["empty file"] = Tensors([]),
        ["three bytes"] = Tensors([1, 2, 3], "3 bytes"),
        ["cut in the header"] = Tensors(Good[..20], "header"),
        ["cut in the data"] = Tensors(Good[..^5], "cut short"),
        ["bytes after the data"] = Tensors([.. Good, 0], "1 bytes follow"),
        ["header longer than the file"] = Tensors(SafeTensors.Of(1000, "{}", new byte[16]), "1000"),
        ["header of 2^63 bytes"] = Tensors(SafeTensors.Of(1UL << 63, "{}", []), "9223372036854775808"),
        ["overlapping offsets"] = Header($"{{{Matrix("a", 0)},{Matrix("b", 8)}}}", 24, "'b'"),
        ["hole between tensors"] = Header($"{{{Matrix("a", 0)},{Matrix("b", 24)}}}", 40, "'b'"),
        ["offsets past the end"] = Header($"{{{Matrix("a", 1 << 20)}}}", 16, "'a'"),
        ["offsets backwards"] = Header($"{{{SafeTensors.Entry("a", "F32", [2, 2], 16, 0)}}}", 16, "'a'"),
        ["offsets of another size than shape and dtype"] = Header($"{{{SafeTensors.Entry("a", "F32", [2, 2], 0, 12)}}}", 12, "takes 16 bytes"),
        ["negative size"] = Header($"{{{SafeTensors.Entry("a", "F32", [-2, -2], 0, 16)}}}", 16, "-2"),
        ["size beyond any file"] = Header($"{{{SafeTensors.Entry("a", "F32", [int.MaxValue, int.MaxValue, int.MaxValue], 0, 16)}}}", 16, "'a'"),
        ["unknown dtype"] = Header($"{{{SafeTensors.Entry("a", "F31", [2, 2], 0, 16)}}}", 16, "F31"),
        ["header without dtype"] = Header("{\"a\":{\"shape\":[2,2],\"data_offsets\":[0,16]}}", 16, "dtype"),
        ["same name twice"] = Header($"{{{Matrix("a", 0)},{Matrix("a", 16)}}}", 32),
        ["header that is no JSON"] = Header("{weights}", 0, "header"),
        ["header that is a list"] = Header("[1,2,3]", 0, "header"),
        ["array of Python objects"] = Array("|O", "(2, 2)", 32, "pickle"),
        ["array of text"] = Array("<U4", "(2, 2)", 64, "<U4"),
        ["array cut short"] = Array("<f8", "(2, 2)", 31, "byte"),
        ["array of negative size"] = Array("<f8", "(-2, 2)", 32),
        ["garbage named .bin"] = Named("model.bin", Garbage()),
        ["garbage named .pt"] = Named("model.pt", Garbage()),
        ["garbage of no known name"] = Named("model.dat", Garbage()),
        ["garbage named .onnx"] = Named("model.onnx", Garbage()),
        ["ONNX cut in its graph"] = Named("model.onnx", [8, 8, 58, 100, 10], "100 bytes"),
        ["ONNX with data outside"] = Named("model.onnx", [8, 8, 58, 31, 42, 29, 8, 1, 16, 1, 66, 1, (byte)'w', 106, 18, 10, 8, .. "location"u8, 18, 6, .. "../w.b"u8, 112, 1], "../w.b"),
        ["TensorFlow.js without weights"] = Named("model.json", "{\"modelTopology\":{}}"u8.ToArray(), "weightsManifest"),
        ["TensorFlow.js with a shard outside"] = Named("model.json", "{\"weightsManifest\":[{\"paths\":[\"../s\"],\"weights\":[]}]}"u8.ToArray(), "../s"),
        ["GGUF of version 1"] = Named("model.gguf", [.. "GGUF"u8, 1, 0, 0, 0, .. new byte[16]], "version 1"),
        ["GGUF without its other parts"] = Named("m-00001-of-00002.gguf", FirstOfTwo(), "m-00002-of-00002.gguf"),
        ["garbage named .gguf"] = Named("model.gguf", Garbage(), "GGUF"),
        ["zip that ends early"] = Named("model.pt", PickleBomb.Of("true")[..60]),
        ["old PyTorch file that ends early"] = Named("model.th", [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'], "the version"),
        ["MessagePack that ends early"] = Named("model.msgpack", [0x81, 0xa1, (byte)'w', 0xc7, 200, 1, 0x93], "200"),
        ["HDF5 file that ends early"] = Named("model.h5", [0x89, .. "HDF"u8, 13, 10, 26, 10, 2, 8, 8, 0]),
        ["zip named .keras without weights"] = Named("model.keras", PickleBomb.Of("true"), "model.weights.h5"),
        ["index that points outside"] = new(folder => Indexed(folder, "../outside.safetensors"), Path.Combine("sharded", Index), "../outside.safetensors"),
        ["index of a missing shard"] = new(folder => Indexed(folder, "missing.safetensors"), Path.Combine("sharded", "missing.safetensors"), "no such"),
        ["index that is no JSON"] = new(folder => Place(folder, "sharded", Index, "weight_map"u8.ToArray()), Path.Combine("sharded", Index), "index"),
        ["two checkpoints of the same names"] = new(TwoCheckpoints, "run", "'w'"),
    };

    /// <summary>The path to give to the tool: the folder for files in folders.</summary>
    public string PathIn(TemporaryFolder folder) => folder[File.Split(Path.DirectorySeparatorChar)[0]];

    private static BadModel Tensors(byte[] content, string says = "") => Named(Weights, content, says);

    private static BadModel Header(string header, int dataBytes, string says = "") => Tensors(SafeTensors.Of(header, new byte[dataBytes]), says);

    private static BadModel Array(string descr, string shape, int dataBytes, string says = "") => Named("array.npy", Npy.Of(descr, shape, new byte[dataBytes]), says);

    private static BadModel Named(string name, byte[] content, string says = "") => new(folder => folder.Write(name, content), name, says);

    private static string Matrix(string name, int begin) => SafeTensors.Entry(name, "F32", [2, 2], begin, begin + 16);

    /// <summary>A GGUF file without tensors that says it is part 0 of 2: two keys of type u16.</summary>
    private static byte[] FirstOfTwo() =>
        [.. "GGUF"u8, 3, 0, 0, 0, .. new byte[8], 2, .. new byte[7], 8, .. new byte[7], .. "split.no"u8, 2, 0, 0, 0, 0, 0, 11, .. new byte[7], .. "split.count"u8, 2, 0, 0, 0, 2, 0];

    private static byte[] Garbage()
    {
        var bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static void Indexed(TemporaryFolder folder, string shard)
    {
        folder.Write("outside.safetensors", Good);
        Place(folder, "sharded", Index, [.. "{\"weight_map\":{\"w\":\""u8, .. System.Text.Encoding.UTF8.GetBytes(shard), .. "\"}}"u8]);
    }

    private static void TwoCheckpoints(TemporaryFolder folder)
    {
        Place(folder, "run", "step-1.safetensors", Good);
        Place(folder, "run", "step-2.safetensors", Good);
    }

    private static void Place(TemporaryFolder folder, string inner, string name, byte[] content)
    {
        folder.MakeFolder(inner);
        folder.Write(Path.Combine(inner, name), content);
    }
}
