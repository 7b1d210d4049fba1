using System.Buffers.Binary;
using System.IO.Compression;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Xunit;

namespace Eigenscope.Tests.Training.Data;

public sealed class ImageFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eigenscope-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_with_the_names_of_MNIST(bool isCompressed)
    {
        Write("train", 5, isCompressed);
        Write("t10k", 3, isCompressed);
        var data = Of(folder.FullName);
        Assert.Equal((5, 2, new DataShape(4, 5, 2)), (data.TrainingCount, data.HeldOutCount, data.Shape));
        var batch = new Batch();
        data.Fill(batch, [4], isHeldOut: false);
        Assert.Equal([4], batch.Labels!);
        Assert.Equal([16, 17, 18, 19], batch.Inputs!.Elements.ToArray().Select(x => Math.Round(255 * ((0.3 * x) + 0.15))));
    }

    [Fact]
    public void A_file_of_images_beside_its_labels_of_which_some_are_held_out()
    {
        Write("train", 6, isCompressed: false);
        var data = Of(Path.Combine(folder.FullName, "train-images-idx3-ubyte"));
        Assert.Equal((4, 2), (data.TrainingCount, data.HeldOutCount));
        var (training, heldOut) = (new Batch(), new Batch());
        data.Fill(training, [0, 1, 2, 3], isHeldOut: false);
        data.Fill(heldOut, [0, 1], isHeldOut: true);
        Assert.Equal(Enumerable.Range(0, 6), training.Labels!.Concat(heldOut.Labels!).Order());
    }

    [Fact]
    public void Files_of_another_kind_are_refused_in_one_line()
    {
        Refused(folder.FullName, "the folder holds no train-images-idx3-ubyte");
        Write("train", 6, isCompressed: false);
        var (images, labels) = (Path.Combine(folder.FullName, "train-images-idx3-ubyte"), Path.Combine(folder.FullName, "train-labels-idx1-ubyte"));
        var (goodImages, goodLabels) = (File.ReadAllBytes(images), File.ReadAllBytes(labels));
        File.WriteAllBytes(images, goodImages[..^1]);
        Refused(images, "ends before its last element");
        File.WriteAllBytes(images, [.. goodImages[..3], 4, .. goodImages[4..]]);
        Refused(images, "no IDX file of bytes with 3 axes");
        File.WriteAllBytes(images, [.. goodImages[..4], 0x7F, .. goodImages[5..]]);
        Refused(images, "cannot be");
        File.WriteAllBytes(images, [.. goodImages[..12], 0, 0, 0, 3, .. goodImages[16..], .. new byte[99]]);
        Refused(images, "2 x 3 pixels are not square");
        File.WriteAllBytes(images, goodImages);
        File.WriteAllBytes(labels, [.. goodLabels[..7], 5, .. goodLabels[8..]]);
        Refused(images, "holds 6 images");
        File.Delete(labels);
        Refused(images, "there is no file of labels");
    }

    private static TrainingData Of(string path) => TrainingData.Of(new TrainingOptions { Data = new() { Kind = DataKind.ImageFiles, Path = path, HeldOut = 2 } }, TestContext.Current.CancellationToken);

    private static void Refused(string path, string message)
    {
        var thrown = Assert.Throws<TrainingException>(() => Of(path));
        Assert.Contains(message, thrown.Message);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    /// <summary>Images of 2 x 2 whose pixels count on from 0, with labels 0, 1, 2, ...</summary>
    private void Write(string set, int count, bool isCompressed)
    {
        Write($"{set}-images-idx3-ubyte", isCompressed, [0x803, count, 2, 2], [.. Enumerable.Range(0, 4 * count).Select(i => (byte)i)]);
        Write($"{set}-labels-idx1-ubyte", isCompressed, [0x801, count], [.. Enumerable.Range(0, count).Select(i => (byte)i)]);
    }

    private void Write(string name, bool isCompressed, int[] head, byte[] content)
    {
        using var file = File.Create(Path.Combine(folder.FullName, isCompressed ? name + ".gz" : name));
        using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        var word = new byte[sizeof(int)];
        foreach (var value in head)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, value);
            stream.Write(word);
        }

        stream.Write(content);
    }
}
