using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenscope.Training.Data;

/// <summary>
/// Images and labels in the IDX format of MNIST (LeCun, Cortes and Burges 1998), plain or compressed by gzip: a folder with the usual names, or a file of images beside which a file of labels lies.
/// Without a test set the seed chooses what is held out.
/// </summary>
internal static class ImageFiles
{
    private const int ImagesMagic = 0x0803;
    private const int LabelsMagic = 0x0801;
    private const int Most = 1 << 20;
    private const string TrainingImages = "train-images-idx3-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";

    /// <summary>Reads the files.</summary>
    /// <exception cref="TrainingException">A file is not there, or is not of the format.</exception>
    public static Images Of(DataOptions options)
    {
        var path = options.Path ?? throw new TrainingException("no files of images are named");
        var images = Directory.Exists(path) ? Existing(Path.Combine(path, TrainingImages)) : path;
        TrainingException.Require(images is not null, $"{path}: the folder holds no {TrainingImages}, plain or with .gz");
        var set = Read(images!);
        var test = Directory.Exists(path) ? Existing(Path.Combine(path, TestImages)) : null;
        var (training, heldOut) = test is null ? Split(set, options) : (set, First(Read(test), options.HeldOut));
        TrainingException.Require(training.Side == heldOut.Side, $"{path}: images for training have {training.Side} rows, those for tests {heldOut.Side}");
        return new Images(training, heldOut, Math.Max(training.Labels.Max(), heldOut.Labels.Max()) + 1);
    }

    private static string? Existing(string path) => new[] { path, path.Replace("-idx", ".idx", StringComparison.Ordinal) }.SelectMany(name => new[] { name, name + ".gz" }).FirstOrDefault(File.Exists);

    private static ImageSet Read(string images)
    {
        var name = Path.GetFileName(images);
        var labels = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(images))!, name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal));
        TrainingException.Require(labels != Path.GetFullPath(images) && File.Exists(labels), $"{images}: there is no file of labels {labels}");
        var (sizes, pixels) = Content(images, ImagesMagic, 3);
        var (count, classes) = Content(labels, LabelsMagic, 1);
        TrainingException.Require(sizes[1] == sizes[2], $"{images}: images of {sizes[1]} x {sizes[2]} pixels are not square");
        TrainingException.Require(sizes[0] == count[0], $"{images} holds {sizes[0]} images, and {labels} {count[0]} labels");
        return new ImageSet(sizes[1], pixels, classes);
    }

    /// <summary>The sizes and the bytes of an IDX file of bytes.</summary>
    private static (int[] Sizes, byte[] Content) Content(string path, int magic, int axes)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            var head = new byte[sizeof(int) * (1 + axes)];
            stream.ReadExactly(head);
            TrainingException.Require(BinaryPrimitives.ReadInt32BigEndian(head) == magic, $"{path}: this is no IDX file of bytes with {axes} axes");
            int[] sizes = [.. Enumerable.Range(1, axes).Select(i => BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(sizeof(int) * i)))];
            TrainingException.Require(Array.TrueForAll(sizes, size => size is >= 1 and <= Most), $"{path}: sizes of {string.Join(" x ", sizes)} cannot be");
            var length = sizes.Aggregate(1L, (product, size) => product * size);
            TrainingException.Require(length <= Array.MaxLength, $"{path}: {length} bytes are more than fit in memory");
            var content = new byte[length];
            stream.ReadExactly(content);
            return (sizes, content);
        }
        catch (EndOfStreamException)
        {
            throw new TrainingException($"{path}: the file ends before its last element");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new TrainingException($"{path}: {e.Message}");
        }
    }

    private static (ImageSet Training, ImageSet HeldOut) Split(ImageSet set, DataOptions options)
    {
        TrainingException.Require(options.HeldOut < set.Labels.Length, $"{options.HeldOut} of {set.Labels.Length} images cannot be held out");
        var order = new int[set.Labels.Length];
        BatchOrder.Shuffle(Seeds.Of((ulong)options.Seed, Seeds.Use.Split), order);
        return (Chosen(set, order[options.HeldOut..]), Chosen(set, order[..options.HeldOut]));
    }

    private static ImageSet First(ImageSet set, int count) => count >= set.Labels.Length ? set : Chosen(set, [.. Enumerable.Range(0, count)]);

    private static ImageSet Chosen(ImageSet set, int[] examples)
    {
        var size = set.Side * set.Side;
        var pixels = new byte[examples.Length * size];
        for (var i = 0; i < examples.Length; i++)
        {
            set.Pixels.AsSpan(examples[i] * size, size).CopyTo(pixels.AsSpan(i * size));
        }

        return new ImageSet(set.Side, pixels, Array.ConvertAll(examples, i => set.Labels[i]));
    }
}
