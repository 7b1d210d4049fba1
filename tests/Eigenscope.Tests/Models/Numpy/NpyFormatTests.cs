using System.Text;
using Eigenscope.Models;
using Eigenscope.Models.Numpy;
using Eigenscope.Tests.Models.Zip;
using Xunit;

namespace Eigenscope.Tests.Models.Numpy;

public sealed class NpyFormatTests
{
    private static readonly NpyFormat Format = new();
    private static readonly double[] Counting = [0, 1, 2, 3, 4, 5];

    [Theory]
    [InlineData("npy_c", DType.F32)]
    [InlineData("npy_fortran", DType.F32)]
    [InlineData("npy_bigendian", DType.F32)]
    [InlineData("npy_f16", DType.F16)]
    [InlineData("npy_v2", DType.F32)]
    [InlineData("npy_v3", DType.F32)]
    public void Reads_what_NumPy_wrote(string name, DType type)
    {
        using var file = Sample(name);
        var tensor = Assert.Single(Format.Read(file));
        Assert.Equal((name, type, "2x3"), (tensor.Name, tensor.Type, tensor.ShapeText));
        Assert.Equal(Counting, StoredValues.Of(tensor));
    }

    [Fact]
    public void Reads_a_scalar_truth_values_and_complex_numbers()
    {
        Assert.Equal([2.5], SampleValues("npy_0d"));
        Assert.Equal([0, 0, 0, 1, 1, 1], SampleValues("npy_bool"));
        Assert.Equal(Counting.SelectMany(real => new[] { real, 0 }), SampleValues("npy_c16"));
    }

    [Theory]
    [InlineData("npy_object", ModelFault.Unsafe)]
    [InlineData("npy_truncated", ModelFault.Truncated)]
    [InlineData("npy_huge_shape", ModelFault.TooLarge)]
    [InlineData("npy_expr_header", ModelFault.BadHeader)]
    public void Refuses_bad_samples(string name, ModelFault fault)
    {
        using var file = Sample(name);
        Assert.Equal(fault, Assert.Throws<ModelFormatException>(() => Format.Read(file)).Fault);
    }

    [Theory]
    [InlineData("|b1", DType.Bool, 1)]
    [InlineData("|i1", DType.I8, 1)]
    [InlineData("<i2", DType.I16, 2)]
    [InlineData(">i4", DType.I32, 4)]
    [InlineData("=i8", DType.I64, 8)]
    [InlineData("|u1", DType.U8, 1)]
    [InlineData(">u2", DType.U16, 2)]
    [InlineData("<u4", DType.U32, 4)]
    [InlineData("<u8", DType.U64, 8)]
    [InlineData(">f2", DType.F16, 2)]
    [InlineData("f4", DType.F32, 4)]
    [InlineData("<f8", DType.F64, 8)]
    [InlineData("<c8", DType.Complex64, 8)]
    [InlineData(">c16", DType.Complex128, 16)]
    [InlineData("|V2", DType.BF16, 2)]
    [InlineData("<V2", DType.BF16, 2)]
    public void Knows_the_numeric_types(string descr, DType type, int width)
    {
        var tensor = Assert.Single(Read(NpyBytes.Row(descr, 2, new byte[2 * width])));
        Assert.Equal(type, tensor.Type);
        Assert.Equal(descr[0] == '>', tensor.BigEndian);
    }

    [Theory]
    [InlineData("|O", ModelFault.Unsafe)]
    [InlineData("O", ModelFault.Unsafe)]
    [InlineData("<U4", ModelFault.Unsupported)]
    [InlineData("|S4", ModelFault.Unsupported)]
    [InlineData("<f16", ModelFault.Unsupported)]
    [InlineData("<M8[ns]", ModelFault.Unsupported)]
    [InlineData("|V1", ModelFault.Unsupported)]
    [InlineData("", ModelFault.BadHeader)]
    [InlineData("<<f4", ModelFault.BadHeader)]
    [InlineData("<q8", ModelFault.BadHeader)]
    public void Refuses_other_types(string descr, ModelFault fault)
    {
        Assert.Equal(fault, Fault(NpyBytes.Row(descr, 1, 0, 0, 0, 0)));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{\"shape\":(1L,),\"descr\":\"<f4\",\"fortran_order\":True}")]
    [InlineData("  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 1 , 1 ) }  ")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ()}")]
    public void Accepts_every_spelling_of_the_dict(string header) => Assert.Single(Read(NpyBytes.Of(header, 0, 0, 128, 63)));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': [1]}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1+0,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0x1,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}")]
    [InlineData("{'descr': '<f' '4', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} or x")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}")]
    public void Refuses_anything_but_the_dict(string header) => Assert.Equal(ModelFault.BadHeader, Fault(NpyBytes.Of(header, 0, 0, 128, 63)));

    [Fact]
    public void Refuses_structured_arrays() =>
        Assert.Equal(ModelFault.Unsupported, Fault(NpyBytes.Of("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", 0, 0, 0, 0)));

    [Fact]
    public void Wants_the_data_to_end_with_the_file()
    {
        Assert.Equal(ModelFault.Truncated, Fault(NpyBytes.Row("<f4", 2, new byte[7])));
        Assert.Equal(ModelFault.Inconsistent, Fault(NpyBytes.Row("<f4", 2, new byte[9])));
        Assert.Equal(0, Assert.Single(Read(NpyBytes.Row("<f4", 0))).Count);
    }

    [Fact]
    public void Refuses_sizes_beyond_any_file()
    {
        Assert.Equal(ModelFault.TooLarge, Fault(NpyBytes.Of("{'descr': '<f8', 'fortran_order': True, 'shape': (9223372036854775807, 9223372036854775807, 4)}")));
        Assert.Equal(ModelFault.TooLarge, Fault([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127]));
    }

    [Fact]
    public void Refuses_other_versions_and_every_truncation()
    {
        var npy = NpyBytes.Row("<f4", 1, 0, 0, 0, 0);
        Assert.Equal(ModelFault.Unsupported, Fault(npy.With(6, 4)));
        for (var length = 0; length < npy.Length; length++)
        {
            Fault(npy[..length]);
        }
    }

    [Fact]
    public void Places_Fortran_order_by_strides()
    {
        var tensor = Assert.Single(Read(NpyBytes.Of("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", 0, 3, 1, 4, 2, 5)));
        Assert.Equal([1, 2], tensor.Strides);
        Assert.Equal(Counting, StoredValues.Of(tensor));
    }

    [Fact]
    public void Is_recognised_by_its_first_bytes()
    {
        Assert.True(Format.Matches(NpyBytes.Row("<f4", 0)));
        Assert.False(Format.Matches(Encoding.ASCII.GetBytes("NUMPY")));
    }

    private static double[] SampleValues(string name)
    {
        using var file = Sample(name);
        return StoredValues.Of(Assert.Single(Format.Read(file)));
    }

    private static FileBytes Sample(string name) => FileBytes.Open(SharedFiles.Path("reference", "formats", "samples", name + ".npy"));

    private static IReadOnlyList<Tensor> Read(byte[] npy) => Format.Read(new MemoryBytes(npy, "folder/row.npy"));

    private static ModelFault Fault(byte[] npy) => Assert.Throws<ModelFormatException>(() => Read(npy)).Fault;
}
