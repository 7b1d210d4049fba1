using System.Buffers.Binary;
using Eigenscope.Models;
using Eigenscope.Models.Hdf5;
using Eigenscope.Models.Layers;
using Eigenscope.Tests.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Hdf5;

public sealed class Hdf5FormatTests
{
    private static readonly Hdf5Format Format = new();

    [Theory]
    [InlineData(Hdf5Samples.PlainEarliest)]
    [InlineData(Hdf5Samples.PlainLatest)]
    public void Reads_datasets_in_one_piece_or_in_their_header(string sample)
    {
        var tensors = Read(sample);
        Assert.Equal(
            ["a/be F64 2x3", "a/empty F32 0x4", "a/flags BOOL 2", "a/half F16 4", "a/scalar F32 scalar", "a/steps I32 2", "brain BF16 4", "compact F32 3x4",
                "dense/dense/bias:0 F32 5", "dense/dense/kernel:0 F32 3x5", "same F32 3x5"],
            tensors.Select(tensor => tensor.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal([0, 1], StoredValues.Of(Named(tensors, "a/steps")));
        Assert.Equal([0, 1], StoredValues.Of(Named(tensors, "a/flags")));
        Assert.All(tensors.Where(tensor => tensor.Type.IsReal()), AssertCounts);
    }

    [Theory]
    [InlineData(Hdf5Samples.ChunksEarliest)]
    [InlineData(Hdf5Samples.ChunksLatest)]
    public void Reads_chunks_through_every_filter_and_index(string sample)
    {
        var tensors = Read(sample);
        Assert.Equal(
            ["all", "be3", "checked", "early", "earlymax", "gzip", "limit", "odd", "one", "oneraw", "raw", "shuffle"],
            tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.Equal(new double[5], StoredValues.Of(Named(tensors, "odd")));
        Assert.All(tensors.Where(tensor => tensor.Type.IsReal()), AssertCounts);
    }

    [Fact]
    public void Reads_a_table_of_chunks_in_pages() => AssertCounts(Assert.Single(Read(Hdf5Samples.Paged)));

    [Theory]
    [InlineData(Hdf5Samples.ChunksEarliest)]
    [InlineData(Hdf5Samples.Paged)]
    public void Reads_any_range_of_chunked_bytes_from_many_threads(string sample)
    {
        var tensor = Read(sample)[0];
        var whole = tensor.Bytes.ReadArray(0, tensor.ByteCount);
        Parallel.For(0, 500, i =>
        {
            var from = i * 7 % whole.Length;
            var count = Math.Min(i, whole.Length - from);
            Assert.Equal(whole[from..(from + count)], tensor.Bytes.ReadArray(from, count));
        });
        Assert.Equal(ModelFault.Truncated, Assert.Throws<ModelFormatException>(() => tensor.Bytes.ReadArray(1, tensor.ByteCount)).Fault);
    }

    [Theory]
    [InlineData(Hdf5Samples.ManyEarliest)]
    [InlineData(Hdf5Samples.ManyLatest)]
    [InlineData(Hdf5Samples.Ordered)]
    public void Reads_groups_of_many_links(string sample)
    {
        var tensors = Read(sample);
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"layers/w{i:000}").Append("w"), tensors.Select(tensor => tensor.Name));
        Assert.All(tensors, AssertCounts);
        Assert.Single(tensors.DistinctBy(tensor => (tensor.Bytes, tensor.Offset)));
    }

    [Theory]
    [InlineData(Hdf5Samples.AttributesEarliest)]
    [InlineData(Hdf5Samples.AttributesLatest)]
    [InlineData(Hdf5Samples.Continued)]
    public void Reads_headers_in_several_blocks(string sample) => AssertCounts(Assert.Single(Read(sample)));

    [Theory]
    [InlineData(Hdf5Samples.UserBlockEarliest)]
    [InlineData(Hdf5Samples.UserBlockLatest)]
    public void Reads_a_file_behind_a_user_block(string sample)
    {
        var file = new MemoryBytes(Hdf5Samples.Open(sample), "model.h5");
        Assert.Same(ModelFormats.All.OfType<Hdf5Format>().Single(), ModelFormats.Of(file));
        AssertCounts(Assert.Single(Format.Read(file)));
    }

    [Theory]
    [InlineData(Hdf5Samples.Lzf, ModelFault.Unsupported, "lzf")]
    [InlineData(Hdf5Samples.ScaleOffset, ModelFault.Unsupported, "scale-offset")]
    [InlineData(Hdf5Samples.ExternalLink, ModelFault.Unsupported, "another file")]
    [InlineData(Hdf5Samples.ExternalLinkLatest, ModelFault.Unsupported, "another file")]
    [InlineData(Hdf5Samples.ExternalFile, ModelFault.Unsupported, "other files")]
    [InlineData(Hdf5Samples.Virtual, ModelFault.Unsupported, "virtual dataset")]
    [InlineData(Hdf5Samples.CommittedType, ModelFault.Unsupported, "committed datatype")]
    [InlineData(Hdf5Samples.Sparse, ModelFault.Unsupported, "never written")]
    [InlineData(Hdf5Samples.Unwritten, ModelFault.Unsupported, "never written")]
    [InlineData(Hdf5Samples.Resizable, ModelFault.Unsupported, "extensible array")]
    [InlineData(Hdf5Samples.ResizableBoth, ModelFault.Unsupported, "version 2 B-tree")]
    [InlineData(Hdf5Samples.Loop, ModelFault.Inconsistent, "reached twice")]
    [InlineData(Hdf5Samples.Strings, ModelFault.NoWeights, "no dataset of numbers")]
    public void Refuses_by_name_what_is_not_read(string sample, ModelFault fault, string says)
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(sample));
        Assert.Equal(fault, error.Fault);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Hdf5Samples.PlainEarliest)]
    [InlineData(Hdf5Samples.PlainLatest)]
    [InlineData(Hdf5Samples.Keras2)]
    public void Refuses_every_truncation(string sample)
    {
        var bytes = Hdf5Samples.Open(sample);
        for (var length = 0; length < bytes.Length; length += 13)
        {
            Assert.Throws<ModelFormatException>(() => Format.Read(new MemoryBytes(bytes[..length])));
        }

        Assert.Equal(ModelFault.Truncated, Fault(bytes[..^1]));
    }

    [Fact]
    public void Refuses_files_without_a_superblock_and_of_a_later_version()
    {
        var bytes = Hdf5Samples.Open(Hdf5Samples.PlainLatest);
        Assert.Equal(ModelFault.BadHeader, Fault(new byte[5000]));
        Assert.Equal(ModelFault.Unsupported, Fault(bytes.With(8, 4)));
        Assert.Equal(ModelFault.Unsupported, Fault(bytes.With(9, 3)));
    }

    [Fact]
    public void Refuses_a_B_tree_that_leads_to_itself()
    {
        var bytes = Hdf5Samples.Open(Hdf5Samples.ManyEarliest);
        var node = Find(bytes, "TREE"u8, at => bytes[at + 5] == 1);
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(node + 32, BitConverter.GetBytes((long)node))));
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(node + 5, 200)));
    }

    [Fact]
    public void Refuses_names_beyond_their_heap_and_two_of_one_name()
    {
        var bytes = Hdf5Samples.Open(Hdf5Samples.ManyEarliest);
        var symbols = Find(bytes, "SNOD"u8, at => bytes[at + 6] > 4);
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(symbols + 8, BitConverter.GetBytes(1L << 40))));
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(symbols + 8, bytes.AsSpan(symbols + 48, 8).ToArray())));
    }

    [Fact]
    public void Refuses_a_header_block_that_continues_with_itself()
    {
        var bytes = Hdf5Samples.Open(Hdf5Samples.Continued);
        var block = Find(bytes, "OCHK"u8, _ => true);
        Span<byte> continuation = [0x10, 16, 0, 0, .. BitConverter.GetBytes((long)block), .. BitConverter.GetBytes(100L)];
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(block + 4, continuation.ToArray())));
    }

    [Fact]
    public void Refuses_datasets_that_share_bytes()
    {
        var bytes = Hdf5Samples.Open(Hdf5Samples.Keras2);
        var (first, second) = (LayoutAt(bytes, 35 * 4), LayoutAt(bytes, 64 * 4));
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(second, bytes.AsSpan(first, 8).ToArray())));
        Assert.Equal(ModelFault.Truncated, Fault(bytes.With(second, BitConverter.GetBytes((long)bytes.Length - 10))));
        Assert.Equal(ModelFault.Truncated, Fault(bytes.With(second, BitConverter.GetBytes(long.MaxValue))));
        Assert.Equal(ModelFault.Inconsistent, Fault(bytes.With(second + 8, 255)));
    }

    [Fact]
    public void A_damaged_chunk_is_found_by_its_checksum()
    {
        var bytes = Hdf5Samples.Open(Hdf5Samples.ChunksEarliest);
        var whole = Named(Format.Read(new MemoryBytes(bytes)), "checked");
        var stored = whole.Bytes.ReadArray(0, 5 * sizeof(float));
        var at = Find(bytes, stored, _ => true);
        var spoiled = Named(Format.Read(new MemoryBytes(bytes.With(at + 2, 77))), "checked");
        var error = Assert.Throws<ModelFormatException>(() => StoredValues.Of(spoiled));
        Assert.Equal(ModelFault.Inconsistent, error.Fault);
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_inflates_more_than_a_chunk_holds()
    {
        var packed = Packed(new byte[1 << 20]);
        var place = new ChunkPlace(0, packed.Length, 0);
        var gzip = Filters.Read(new Hdf5Cursor(new Hdf5File(new MemoryBytes(new byte[100]), 0, 8, 8), new byte[] { 2, 1, 1, 0, 0, 0, 0, 0 }, 0));
        Assert.Equal(1 << 20, gzip.Decode(packed, place, 1 << 20, 4, "f").Length);
        Assert.Equal(ModelFault.Inconsistent, Assert.Throws<ModelFormatException>(() => gzip.Decode(packed, place, 4000, 4, "f")).Fault);
        Assert.Equal(ModelFault.Inconsistent, Assert.Throws<ModelFormatException>(() => gzip.Decode(packed, place, 1 << 21, 4, "f")).Fault);
        Assert.Equal(ModelFault.Inconsistent, Assert.Throws<ModelFormatException>(() => gzip.Decode([1, 2, 3], place, 1 << 21, 4, "f")).Fault);

        // A stream that asks for a dictionary.
        Assert.Equal(ModelFault.Inconsistent, Assert.Throws<ModelFormatException>(() => gzip.Decode([0x78, 0xbb, 0, 0, 0, 1, 0, 0], place, 4000, 4, "f")).Fault);
    }

    /// <summary>Numbers of h5py and numpy.linalg.svd.</summary>
    [Theory]
    [InlineData("conv1d/conv1d/kernel:0", LayerKind.Conv1d, 512, 256, -0.003543645376339555, -0.01818297989666462, -18.658901490173697)]
    [InlineData("dense/dense/kernel:0", LayerKind.Dense, 128, 257, 0.16976113617420197, 0.13345389068126678, 180.2636670153238)]
    [InlineData("lstm/lstm/kernel:0", LayerKind.Recurrent, 257, 512, -0.11317643523216248, -1.110072135925293, -308.38118591597026)]
    [InlineData("lstm_3/lstm_3/recurrent_kernel:0", LayerKind.Recurrent, 128, 512, 0.6183730959892273, 0.24099421501159668, -781.3774791104145)]
    public void Reads_a_trained_Keras_model(string name, string kind, int rows, int columns, double first, double last, double sum)
    {
        using var model = Model.Open(SharedFiles.Path("models", "dtln", "model.h5"));
        Assert.Equal(20, model.Tensors.Count);
        var row = WeightTable.Of(model).Single(layer => layer.Name == name);
        Assert.Equal((kind, Orientation.InOut, rows, columns), (row.Description.Kind, row.Description.Orientation, row.Rows, row.Columns));
        var values = new double[rows * columns];
        row.Slices[0].Read(0, 0, rows, columns, values, columns);
        Assert.Equal((first, last), (values[0], values[^1]));
        Assert.Equal(sum, values.Sum(), 1e-9);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var packer = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            packer.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>The place of the address in the layout message of a contiguous dataset of so many bytes.</summary>
    private static int LayoutAt(byte[] bytes, long size) =>
        Find(bytes, [3, 1], at => at + 18 <= bytes.Length && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 10)) == size) + 2;

    private static int Find(byte[] bytes, ReadOnlySpan<byte> text, Func<int, bool> fits)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes.AsSpan(at).StartsWith(text) && fits(at))
            {
                return at;
            }
        }

        throw new InvalidOperationException("the sample holds no such structure");
    }

    private static void AssertCounts(Tensor tensor) =>
        Assert.Equal(Enumerable.Range(0, (int)tensor.Count).Select(i => i * 0.5), StoredValues.Of(tensor));

    private static Tensor Named(IReadOnlyList<Tensor> tensors, string name) => tensors.Single(tensor => tensor.Name == name);

    private static IReadOnlyList<Tensor> Read(string sample) => Format.Read(new MemoryBytes(Hdf5Samples.Open(sample)));

    private static ModelFault Fault(byte[] bytes) => Assert.Throws<ModelFormatException>(() => Format.Read(new MemoryBytes(bytes))).Fault;
}
