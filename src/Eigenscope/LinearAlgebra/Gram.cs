namespace Eigenscope.LinearAlgebra;

/// <summary>
/// The Gram matrix of the smaller side, G = W^T W (or W W^T where W is wide), in float64.
/// </summary>
/// <remarks>
/// W is read once, in blocks along its longer side, and never held whole. G_ij is summed over that side in ascending order, in chains of
/// <see cref="Depth"/> fused multiply-adds: |error| &lt;= (Depth + N / Depth) eps sum_k |w_ki w_kj| for N terms.
/// W and W^T give the same bits. Cost: N M^2 flops for an N x M matrix, M &lt;= N.
/// </remarks>
internal static unsafe class Gram
{
    /// <summary>The number of terms summed in registers before they are added to G.</summary>
    public const int Depth = 256;

    /// <summary>How many float64 values of W are read from a wide matrix at a time, so that its rows come in long pieces; their stride is odd to the caches.</summary>
    public const int WideChunk = 1 << 19;

    /// <summary>Computes the lower triangle of G of W / <paramref name="scale"/>, where the scale is a power of two.</summary>
    /// <exception cref="NonFiniteElementException">W holds a NaN or an infinity.</exception>
    public static SymmetricMatrix Of(IMatrix w, double scale, SymmetricUpdate update, CancellationToken cancellation)
    {
        var order = Math.Min(w.Rows, w.Columns);
        var gram = new SymmetricMatrix(order);
        try
        {
            using var block = new Block(gram, update, cancellation);
            if (w.Columns <= w.Rows)
            {
                AddRows(w, scale, block, cancellation);
            }
            else
            {
                AddColumns(w, scale, block, cancellation);
            }

            return gram;
        }
        catch
        {
            gram.Dispose();
            throw;
        }
    }

    private static void AddRows(IMatrix w, double scale, Block block, CancellationToken cancellation)
    {
        for (var start = 0; start < w.Rows; start += Depth)
        {
            cancellation.ThrowIfCancellationRequested();
            var depth = Math.Min(Depth, w.Rows - start);
            w.Read(start, 0, depth, w.Columns, block.Vectors(depth), block.Stride);
            block.Add(w, depth, scale);
        }
    }

    private static void AddColumns(IMatrix w, double scale, Block block, CancellationToken cancellation)
    {
        var width = Math.Min(w.Columns, Math.Max(1, WideChunk / w.Rows / Depth) * Depth);
        var stride = width + Lanes.Count;
        using var chunk = new AlignedBuffer((long)w.Rows * stride, zeroed: false);
        for (var start = 0; start < w.Columns; start += width)
        {
            var columns = Math.Min(width, w.Columns - start);
            w.Read(0, start, w.Rows, columns, chunk.Span(0, w.Rows * stride), stride);
            for (var inner = 0; inner < columns; inner += Depth)
            {
                cancellation.ThrowIfCancellationRequested();
                var depth = Math.Min(Depth, columns - inner);
                block.Transpose(chunk.Pointer + inner, stride, w.Rows, depth);
                block.Add(w, depth, scale);
            }
        }
    }

    /// <summary>Up to <see cref="Depth"/> rows of W (or columns of a wide W) on their way into G.</summary>
    private sealed class Block : IDisposable
    {
        private readonly SymmetricMatrix gram;
        private readonly SymmetricUpdate update;
        private readonly CancellationToken cancellation;
        private readonly AlignedBuffer vectors;
        private readonly AlignedBuffer left;
        private readonly AlignedBuffer right;

        public Block(SymmetricMatrix gram, SymmetricUpdate update, CancellationToken cancellation)
        {
            (this.gram, this.update, this.cancellation) = (gram, update, cancellation);
            var size = (long)Depth * gram.Stride;
            (vectors, left, right) = (new AlignedBuffer(size), new AlignedBuffer(size, zeroed: false), new AlignedBuffer(size, zeroed: false));
        }

        public int Stride => gram.Stride;

        public Span<double> Vectors(int depth) => vectors.Span(0, depth * Stride);

        public void Add(IMatrix w, int depth, double scale)
        {
            if (!Lanes.AllFinite(vectors.Pointer, depth * Stride))
            {
                NonFiniteElementException.ThrowFirst(w);
            }

            if (scale != 1)
            {
                PowerOfTwo.Divide(vectors.Span(0, depth * Stride), scale);
            }

            update.PackLeft(vectors.Pointer, Stride, Stride, depth, left.Pointer);
            SymmetricUpdate.PackRight(vectors.Pointer, Stride, Stride, depth, right.Pointer);
            update.AddLower(Stride, depth, left.Pointer, right.Pointer, gram.Values, Stride, cancellation);
        }

        /// <summary>vectors[k][i] = from[i * fromStride + k], in small squares that stay in cache.</summary>
        public void Transpose(double* from, nint fromStride, int rows, int depth)
        {
            const int Square = 8;
            for (var i = 0; i < rows; i += Square)
            {
                for (var k = 0; k < depth; k += Square)
                {
                    TransposeSquare(from + (i * fromStride) + k, fromStride, vectors.Pointer + ((nint)k * Stride) + i, Math.Min(Square, rows - i), Math.Min(Square, depth - k));
                }
            }
        }

        private void TransposeSquare(double* from, nint fromStride, double* to, int rows, int columns)
        {
            for (var k = 0; k < columns; k++)
            {
                for (var i = 0; i < rows; i++)
                {
                    to[i] = from[(i * fromStride) + k];
                }

                to += Stride;
            }
        }

        public void Dispose()
        {
            vectors.Dispose();
            left.Dispose();
            right.Dispose();
        }
    }
}
