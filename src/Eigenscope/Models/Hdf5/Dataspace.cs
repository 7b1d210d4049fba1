namespace Eigenscope.Models.Hdf5;

/// <summary>The shape of a dataset.</summary>
/// <param name="Shape">The length of each axis; empty for a scalar.</param>
/// <param name="Most">The lengths to which it may grow; null for an axis without a limit.</param>
internal sealed record Dataspace(long[] Shape, long?[] Most)
{
    private const int Null = 2;

    /// <summary>Reads a dataspace message; null for one without any elements (H5S_NULL).</summary>
    public static Dataspace? Read(Hdf5Cursor body)
    {
        var (version, rank, flags) = (body.Byte(), body.Byte(), body.Byte());
        if (version is not (1 or 2) || rank > Tensor.MaxRank)
        {
            throw body.Bad(ModelFault.Unsupported, $"a dataspace of version {version} with {rank} axes is not read, only versions 1 and 2 with up to {Tensor.MaxRank}");
        }

        var type = body.Byte();
        body.Skip(version == 1 ? 4 : 0);
        if (version == 2 && type == Null)
        {
            return null;
        }

        var shape = new long[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            shape[axis] = body.Length();
        }

        return new Dataspace(shape, (flags & 1) != 0 ? ReadMost(body, rank) : [.. shape.Select(size => (long?)size)]);
    }

    private static long?[] ReadMost(Hdf5Cursor body, int rank)
    {
        var most = new long?[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            most[axis] = body.LengthOrUnlimited();
        }

        return most;
    }
}
