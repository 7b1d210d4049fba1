using System.Runtime.CompilerServices;

namespace Eigenscope.LinearAlgebra;

/// <summary>
/// C := A B or C + A B for matrices stored row by row, any of A and B transposed: both are packed into panels, and <see cref="TileKernel"/> writes its tiles of eight rows and 24 columns to C as it lies.
/// </summary>
/// <remarks>
/// An element is summed over the depth in ascending order, in chains of <see cref="PanelProduct.Depth"/> fused multiply-adds, by one piece of the work: the same bits for any number of threads and every
/// kernel. |error| &lt;= (d + K / d) eps sum_k |a_ik b_kj| with d = 256. For products that are too small or whose operands change too often to be kept in panels; packing costs about as much
/// as ten multiplications with each element of an operand.
/// </remarks>
internal static unsafe class RowProduct
{
    /// <summary>Panels of B in a piece: half of the second-level cache.</summary>
    private const int LeftPanels = 8;

    /// <summary>Panels of A in a piece.</summary>
    private const int RightPanels = 16;

    /// <summary>Fewer multiplications than these are not worth a second thread.</summary>
    private const long LeastShared = 1 << 18;

    /// <summary>Computes the product on the threads of an execution.</summary>
    /// <param name="a">A, M x K.</param>
    /// <param name="b">B, K x N.</param>
    /// <param name="c">C, M x N, not transposed, apart from A and B in memory.</param>
    /// <param name="update">Whether the product is put in the place of C or added to it.</param>
    /// <param name="execution">How the work is done.</param>
    public static void Of(MatrixView a, MatrixView b, MatrixView c, TileKernel.Update update, Execution execution)
    {
        if ((long)c.Rows * c.Columns * a.Columns < LeastShared)
        {
            Of(a, b, c, update, execution.Kernel);
            return;
        }

        using var work = new Work(a, b, c, update, execution.Kernel);
        execution.ForEach(work.LeftCount, work.PackLeft);
        execution.ForEach(work.RightCount, work.PackRight);
        execution.ForEach(work.Pieces, work.Multiply);
    }

    /// <summary>Computes the product on the thread that calls.</summary>
    public static void Of(MatrixView a, MatrixView b, MatrixView c, TileKernel.Update update, TileKernel kernel)
    {
        using var work = new Work(a, b, c, update, kernel);
        for (var i = 0; i < work.LeftCount; i++)
        {
            work.PackLeft(i);
        }

        for (var i = 0; i < work.RightCount; i++)
        {
            work.PackRight(i);
        }

        for (var i = 0; i < work.Pieces; i++)
        {
            work.Multiply(i);
        }
    }

    /// <summary>One product: the columns of B in panels as left operand of the kernel, the rows of A as right operand.</summary>
    private sealed class Work : IDisposable
    {
        private readonly MatrixView a;
        private readonly MatrixView b;
        private readonly MatrixView c;
        private readonly TileKernel.Update update;
        private readonly TileKernel kernel;
        private readonly int depth;
        private readonly AlignedBuffer left;
        private readonly AlignedBuffer right;

        public Work(MatrixView a, MatrixView b, MatrixView c, TileKernel.Update update, TileKernel kernel)
        {
            if (a.Columns != b.Rows || c.Rows != a.Rows || c.Columns != b.Columns || c.IsTransposed)
            {
                throw new ArgumentException($"{a.Rows} x {a.Columns} times {b.Rows} x {b.Columns} does not make {c.Rows} x {c.Columns}", nameof(c));
            }

            (this.a, this.b, this.c, this.update, this.kernel, depth) = (a, b.Transposed, c, update, kernel, a.Columns);
            left = new AlignedBuffer((long)LeftCount * Step, zeroed: false);
            right = new AlignedBuffer((long)RightCount * Step, zeroed: false);
        }

        public int LeftCount => Panel.Count(c.Columns);

        public int RightCount => Panel.Count(c.Rows);

        public int Pieces => ((LeftCount + LeftPanels - 1) / LeftPanels) * ((RightCount + RightPanels - 1) / RightPanels);

        private nint Step => (nint)depth * Panel.Rows;

        public void PackLeft(int panel) => Pack(b, panel, left.Pointer + (panel * Step));

        public void PackRight(int panel) => Pack(a, panel, right.Pointer + (panel * Step));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Multiply(int piece)
        {
            var across = (LeftCount + LeftPanels - 1) / LeftPanels;
            var (p, q) = (piece % across * LeftPanels, piece / across * RightPanels);
            var (leftEnd, rowEnd) = (Math.Min(p + LeftPanels, LeftCount), Math.Min((q + RightPanels) * Panel.Rows, c.Rows));
            fixed (double* values = c.Values)
            {
                for (var k = 0; k < depth; k += PanelProduct.Depth)
                {
                    var length = TileKernel.Depth.Of(Math.Min(PanelProduct.Depth, depth - k));
                    for (var row = q * Panel.Rows; row < rowEnd; row += TileKernel.Columns)
                    {
                        var strip = right.Pointer + (row / Panel.Rows * Step) + ((nint)k * Panel.Rows) + (row % Panel.Rows);
                        for (var i = p; i < leftEnd; i++)
                        {
                            Tile(length, left.Pointer + (i * Step) + ((nint)k * Panel.Rows), strip, values + c.Offset, row, i * Panel.Rows, k == 0 ? update : TileKernel.Update.Add);
                        }
                    }
                }
            }
        }

        public void Dispose()
        {
            left.Dispose();
            right.Dispose();
        }

        /// <summary>A tile that lies in C whole is computed there, another beside it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Tile(TileKernel.Depth length, double* l, double* r, double* to, int row, int column, TileKernel.Update how)
        {
            to += ((nint)row * c.Stride) + column;
            var (rows, columns) = (Math.Min(TileKernel.Columns, c.Rows - row), Math.Min(Panel.Rows, c.Columns - column));
            if (rows == TileKernel.Columns && columns == Panel.Rows)
            {
                kernel.Across(length, l, r, to, c.Stride, how);
                return;
            }

            var tile = stackalloc double[TileKernel.Tile];
            kernel.Across(length, l, r, tile, Panel.Rows, TileKernel.Update.Set);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var x = tile[(i * Panel.Rows) + j];
                    to[((nint)i * c.Stride) + j] = how == TileKernel.Update.Add ? to[((nint)i * c.Stride) + j] + x : x;
                }
            }
        }

        /// <summary>24 rows of a matrix, column after column, with zeros for rows that it has not.</summary>
        private static void Pack(MatrixView x, int panel, double* to)
        {
            var first = panel * Panel.Rows;
            var count = Math.Min(Panel.Rows, x.Rows - first);
            fixed (double* values = x.Values)
            {
                if (x.IsTransposed)
                {
                    CopyColumns(values + x.Offset + first, x.Stride, count, x.Columns, to);
                }
                else
                {
                    CopyRows(values + x.Offset + ((nint)first * x.Stride), x.Stride, count, x.Columns, to);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void CopyColumns(double* from, nint stride, int count, int columns, double* to)
        {
            for (var k = 0; k < columns; k++, from += stride, to += Panel.Rows)
            {
                if (count == Panel.Rows)
                {
                    Lanes.Copy(from, to, Panel.Rows);
                    continue;
                }

                new Span<double>(from, count).CopyTo(new Span<double>(to, count));
                new Span<double>(to + count, Panel.Rows - count).Clear();
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void CopyRows(double* from, nint stride, int count, int columns, double* to)
        {
            var whole = Lanes.Floor(count);
            Lanes.Transpose(from, stride, to, Panel.Rows, whole, columns);
            for (var k = 0; k < columns && whole < Panel.Rows; k++)
            {
                for (var i = whole; i < Panel.Rows; i++)
                {
                    to[((nint)k * Panel.Rows) + i] = i < count ? from[(i * stride) + k] : 0;
                }
            }
        }
    }
}
