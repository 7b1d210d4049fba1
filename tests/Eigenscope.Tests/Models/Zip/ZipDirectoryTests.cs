using System.Buffers.Binary;
using System.Text;
using Eigenscope.Models;
using Eigenscope.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Zip;

public sealed class ZipDirectoryTests
{
    private static readonly byte[] First = Encoding.ASCII.GetBytes("the first member, the first member, the first member");
    private static readonly byte[] Second = [1, 2, 3];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_members_at_any_position(bool deflated)
    {
        var zip = Read(TwoMembers(deflated));
        var first = zip.Find("a/first")!.Open(First.Length);
        Assert.Equal(["a/first", "second"], zip.Members.Select(member => member.Name));
        Assert.Equal(First, first.ReadArray(0, First.Length));
        Assert.Equal(First[4..9], first.ReadArray(4, 5));
        Assert.Equal(First[..7], zip.Find("a/first")!.Prefix(7));
        Assert.Equal(Second, zip.Find("second")!.Prefix(100));
        Assert.Null(zip.Find("third"));
    }

    [Fact]
    public void Reads_a_deflated_member_from_many_threads()
    {
        var first = Read(TwoMembers(deflated: true)).Find("a/first")!.Open(First.Length);
        Parallel.For(0, 64, i => Assert.Equal(First[i % 40], first.ReadArray(i % 40, 1)[0]));
    }

    [Fact]
    public void Reads_an_archive_with_a_comment()
    {
        var zip = TwoMembers();
        byte[] commented = [.. zip.With(zip.Length - 2, 5, 0), .. "hello"u8];
        Assert.Equal(2, Read(commented).Members.Count);
    }

    [Fact]
    public void Reads_wide_sizes_of_the_zip64_field()
    {
        var zip = WideArchive(localOffset: 0);
        Assert.Equal(Second, Read(zip).Find("n")!.Prefix(3));
    }

    [Fact]
    public void Refuses_wide_sizes_that_reach_past_the_file() => Rejects(WideArchive(localOffset: long.MaxValue - 10));

    [Theory]
    [InlineData(0x1)]
    [InlineData(0x20)]
    [InlineData(0x40)]
    public void Refuses_encrypted_and_patched_members(byte flag)
    {
        var zip = TwoMembers();
        Assert.Equal(ModelFault.Unsupported, Rejects(zip.With(ZipBytes.Central(zip) + 8, flag)));
        Assert.Equal(ModelFault.Unsupported, Rejects(zip.With(6, flag)));
    }

    [Fact]
    public void Refuses_other_methods()
    {
        var zip = TwoMembers();
        Assert.Equal(ModelFault.Unsupported, Rejects(zip.With(ZipBytes.Central(zip) + 10, 12).With(8, 12)));
    }

    [Fact]
    public void Refuses_a_local_header_of_another_name()
    {
        Assert.Equal(ModelFault.Inconsistent, Rejects(TwoMembers().With(30, (byte)'b')));
    }

    [Fact]
    public void Refuses_a_local_header_of_another_method_or_size()
    {
        Assert.Equal(ModelFault.Inconsistent, Rejects(TwoMembers().With(8, 8)));
        Assert.Equal(ModelFault.Inconsistent, Rejects(TwoMembers().With(22, 7)));
    }

    [Fact]
    public void Refuses_two_members_of_one_name()
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(ZipBytes.Of([("twice", First), ("twice", Second)])));
        Assert.Equal(ModelFault.Inconsistent, error.Fault);
        Assert.Contains("'twice'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_members_that_share_bytes()
    {
        var zip = ZipBytes.Of([("same1", First), ("same2", First)]);
        var central = ZipBytes.Central(zip, 1);
        var second = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(central + 42));
        var sameName = zip.With(central + 46 + 4, (byte)'1').With(second + 30 + 4, (byte)'1');
        Assert.Equal(ModelFault.Inconsistent, Rejects(sameName.With(central + 42, 0, 0, 0, 0)));
    }

    [Fact]
    public void Refuses_a_member_that_reaches_into_the_directory()
    {
        var zip = ZipBytes.Of([("m", Second)]);
        var central = ZipBytes.Central(zip);
        byte[] size = [40, 0, 0, 0, 40, 0, 0, 0];
        Assert.Equal(ModelFault.Inconsistent, Rejects(zip.With(central + 20, size).With(18, size)));
    }

    [Fact]
    public void Refuses_a_wrong_count_and_a_misplaced_directory()
    {
        var zip = TwoMembers();
        Assert.Equal(ModelFault.Inconsistent, Rejects(zip.With(zip.Length - ZipBytes.EndBytes + 10, 3)));
        Assert.Equal(ModelFault.Inconsistent, Rejects([0, .. zip]));
        Assert.Equal(ModelFault.Truncated, Rejects([.. zip, 0]));
    }

    [Fact]
    public void Refuses_every_truncation()
    {
        var zip = TwoMembers();
        for (var length = 0; length < zip.Length; length++)
        {
            Rejects(zip[..length]);
        }
    }

    [Fact]
    public void Refuses_a_member_beyond_the_cap()
    {
        var member = Read(TwoMembers()).Find("second")!;
        Assert.Equal(ModelFault.TooLarge, Assert.Throws<ModelFormatException>(() => member.Open(2)).Fault);
    }

    [Fact]
    public void Stops_a_bomb_that_states_a_small_size()
    {
        var bomb = Restated(100);
        var error = Assert.Throws<ModelFormatException>(() => Read(bomb).Members[0].Open(100).ReadArray(0, 1));
        Assert.Equal(ModelFault.Inconsistent, error.Fault);
    }

    [Fact]
    public void Refuses_a_size_that_no_deflate_stream_reaches()
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(Restated(1 << 30)).Members[0].Open(long.MaxValue));
        Assert.Equal(ModelFault.Inconsistent, error.Fault);
    }

    [Fact]
    public void Refuses_a_broken_deflate_stream()
    {
        var zip = TwoMembers(deflated: true).With(37, 0xff, 0xff, 0xff);
        Assert.Throws<ModelFormatException>(() => Read(zip).Find("a/first")!.Open(First.Length).ReadArray(0, 1));
    }

    private static byte[] Restated(int size)
    {
        var zip = ZipBytes.Of([("zeros", new byte[100_000])], deflated: true);
        var stated = BitConverter.GetBytes(size);
        return zip.With(22, stated).With(ZipBytes.Central(zip) + 24, stated);
    }

    private static byte[] TwoMembers(bool deflated = false) => ZipBytes.Of([("a/first", First), ("second", Second)], deflated);

    /// <summary>One stored member "n" whose central sizes and offset, and the end record, are zip64.</summary>
    private static byte[] WideArchive(long localOffset)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteLocal(writer);
        var directory = stream.Position;
        WriteCentral(writer, localOffset);
        WriteEnds(writer, directory, stream.Position - directory);
        return stream.ToArray();
    }

    private static void WriteLocal(BinaryWriter writer)
    {
        writer.Write("PK\x03\x04"u8);
        writer.Write([45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(ulong.MaxValue);
        writer.Write([1, 0, 20, 0, (byte)'n', 1, 0, 16, 0]);
        writer.Write(3L);
        writer.Write(3L);
        writer.Write(Second);
    }

    private static void WriteCentral(BinaryWriter writer, long localOffset)
    {
        writer.Write("PK\x01\x02"u8);
        writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(ulong.MaxValue);
        writer.Write([1, 0, 28, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(uint.MaxValue);
        writer.Write([(byte)'n', 1, 0, 24, 0]);
        writer.Write(3L);
        writer.Write(3L);
        writer.Write(localOffset);
    }

    private static void WriteEnds(BinaryWriter writer, long directory, long size)
    {
        var wideEnd = directory + size;
        writer.Write("PK\x06\x06"u8);
        writer.Write(44L);
        writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(1L);
        writer.Write(1L);
        writer.Write(size);
        writer.Write(directory);
        writer.Write("PK\x06\x07"u8);
        writer.Write(0);
        writer.Write(wideEnd);
        writer.Write(1);
        writer.Write("PK\x05\x06"u8);
        writer.Write(0);
        writer.Write(uint.MaxValue);
        writer.Write(ulong.MaxValue);
        writer.Write((ushort)0);
    }

    private static ZipDirectory Read(byte[] zip) => ZipDirectory.Read(new MemoryBytes(zip, "test.zip"));

    private static ModelFault Rejects(byte[] zip) => Assert.Throws<ModelFormatException>(() => Read(zip)).Fault;
}
