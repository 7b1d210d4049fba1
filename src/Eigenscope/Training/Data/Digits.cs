using System.Runtime.CompilerServices;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Data;

/// <summary>
/// Digits drawn from <see cref="Glyphs"/>: a hand, bent strokes, a turned, sheared, stretched and moved sheet, a pen of some width, blur and noise, each at random, and 256 grey levels. Additions,
/// multiplications and roots alone: the same bytes for a seed everywhere.
/// </summary>
internal static class Digits
{
    /// <summary>Classes.</summary>
    public const int Classes = 10;

    private const int Pieces = 8;
    private const double Bend = 0.025;
    private const double Turn = 0.13;
    private const double Shear = 0.18;
    private const double Shift = 0.05;
    private const double LeastSize = 0.66;
    private const double MostSize = 0.9;
    private const double LeastPen = 0.05;
    private const double MostPen = 0.12;
    private const double MostBlur = 0.2;

    /// <summary>Draws all images.</summary>
    public static Images Of(DataOptions options, CancellationToken cancellation) =>
        new(Draw(options, Seeds.Use.Training, options.Examples, cancellation), Draw(options, Seeds.Use.HeldOut, options.HeldOut, cancellation), Classes);

    /// <summary>One image as bytes, row by row.</summary>
    public static byte[] Draw(int digit, int side, double noise, ulong seed)
    {
        var draws = new Draws(seed);
        var strokes = Strokes(digit, draws);
        var pen = draws.Between(LeastPen, MostPen) / 2;
        var ink = new double[side * side];
        for (var i = 0; i < ink.Length; i++)
        {
            var at = new Point(((i % side) + 0.5) / side, ((i / side) + 0.5) / side);
            ink[i] = Math.Clamp(0.5 + ((pen - Distance(at, strokes)) * side), 0, 1);
        }

        return Developed(Blurred(ink, side, draws.Between(0, MostBlur)), noise, draws);
    }

    private static ImageSet Draw(DataOptions options, Seeds.Use use, int count, CancellationToken cancellation)
    {
        var (size, pixels, labels) = (options.Side * options.Side, new byte[checked(options.Side * options.Side * count)], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            labels[i] = (byte)(i % Classes);
            Draw(labels[i], options.Side, options.Noise, Seeds.Of((ulong)options.Seed, use, i)).CopyTo(pixels.AsSpan(i * size));
        }

        return new ImageSet(options.Side, pixels, labels);
    }

    /// <summary>Line pieces on the sheet.</summary>
    private static List<(Point From, Point To)> Strokes(int digit, Draws draws)
    {
        var hands = Glyphs.Digits[digit];
        var curves = hands[draws.Below(hands.Count)];
        var sheet = Sheet.Draw(draws);
        var (pieces, bent) = (new List<(Point, Point)>(), new Dictionary<Point, Point>());
        foreach (var curve in curves)
        {
            var moved = new Curve(Bent(curve.Start), Bent(curve.Near), Bent(curve.Far), Bent(curve.End));
            for (var i = 0; i < Pieces; i++)
            {
                pieces.Add((sheet.Place(moved.At((double)i / Pieces)), sheet.Place(moved.At((i + 1.0) / Pieces))));
            }
        }

        return pieces;

        Point Bent(Point point)
        {
            if (!bent.TryGetValue(point, out var moved))
            {
                bent[point] = moved = new Point(point.X + draws.Between(-Bend, Bend), point.Y + draws.Between(-Bend, Bend));
            }

            return moved;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Distance(Point at, List<(Point From, Point To)> strokes)
    {
        var least = double.PositiveInfinity;
        foreach (var (from, to) in strokes)
        {
            var (x, y) = (to.X - from.X, to.Y - from.Y);
            var t = Math.Clamp((((at.X - from.X) * x) + ((at.Y - from.Y) * y)) / Math.Max((x * x) + (y * y), double.Epsilon), 0, 1);
            var (dx, dy) = (at.X - from.X - (t * x), at.Y - from.Y - (t * y));
            least = Math.Min(least, (dx * dx) + (dy * dy));
        }

        return Math.Sqrt(least);
    }

    /// <summary>The mean with both neighbours, weighted by the blur, along rows and then along columns.</summary>
    private static double[] Blurred(double[] ink, int side, double blur)
    {
        foreach (var step in (int[])[1, side])
        {
            var from = ink;
            ink = new double[from.Length];
            for (var i = 0; i < ink.Length; i++)
            {
                var place = i / step % side;
                var (before, after) = (place > 0 ? from[i - step] : 0, place < side - 1 ? from[i + step] : 0);
                ink[i] = ((1 - (2 * blur)) * from[i]) + (blur * (before + after));
            }
        }

        return ink;
    }

    private static byte[] Developed(double[] ink, double noise, Draws draws) =>
        Array.ConvertAll(ink, x => (byte)Math.Clamp(Math.Round(255 * (x + (noise * draws.Normal()))), 0, 255));

    /// <summary>How the square of a glyph lies on the image.</summary>
    private readonly record struct Sheet(double Cos, double Sin, double Slant, double Width, double Height, double X, double Y)
    {
        public static Sheet Draw(Draws draws)
        {
            var t = draws.Between(-Turn, Turn);
            var size = draws.Between(LeastSize, MostSize);
            return new(
                (1 - (t * t)) / (1 + (t * t)),
                2 * t / (1 + (t * t)),
                draws.Between(-Shear, Shear),
                size * draws.Between(0.8, 1.1),
                size,
                draws.Between(-Shift, Shift),
                draws.Between(-Shift, Shift));
        }

        public Point Place(Point p)
        {
            var (x, y) = (Width * (p.X - 0.5), Height * (p.Y - 0.5));
            x += Slant * y;
            return new(0.5 + X + (Cos * x) - (Sin * y), 0.5 + Y + (Sin * x) + (Cos * y));
        }
    }

    private sealed class Draws(ulong seed)
    {
        private readonly NormalDraws normal = new(~seed);
        private SplitMix64 words = new(seed);

        public int Below(int end) => (int)words.Below(end);

        public double Between(double least, double most) => least + ((most - least) * ((words.Next() >> 11) * (1.0 / (1L << 53))));

        public double Normal() => normal.Next();
    }
}
