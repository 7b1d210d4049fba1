using System.Globalization;

namespace Eigenscope.Training.Data;

/// <summary>
/// The digits as strokes of a pen, in several hands each, in a square from (0, 0) above left to (1, 1) below right. M moves the pen, L draws a line, C a cubic curve by two points beside it and its end.
/// </summary>
internal static class Glyphs
{
    private static readonly string[][] Texts =
    [
        [
            "M .5 .08 C .22 .08 .2 .92 .5 .92 C .8 .92 .78 .08 .5 .08",
            "M .52 .1 C .1 .1 .12 .9 .5 .9 C .9 .9 .88 .1 .48 .1",
            "M .62 .12 C .3 .0 .16 .5 .28 .78 C .42 1.04 .72 .86 .74 .5 C .76 .2 .62 .08 .46 .14",
        ],
        [
            "M .5 .08 L .5 .92",
            "M .32 .28 L .54 .08 L .54 .92",
            "M .32 .26 L .52 .08 L .52 .92 M .32 .92 L .72 .92",
        ],
        [
            "M .24 .3 C .26 .02 .76 .02 .74 .32 C .72 .55 .3 .7 .24 .92 L .78 .92",
            "M .25 .25 C .35 .0 .8 .05 .72 .38 C .64 .62 .4 .85 .26 .88 C .2 .78 .4 .72 .52 .86 C .6 .95 .7 .95 .8 .86",
            "M .26 .16 C .5 .02 .78 .1 .7 .36 C .62 .56 .4 .72 .26 .9 L .76 .9",
        ],
        [
            "M .26 .18 C .36 .02 .74 .04 .72 .27 C .7 .44 .55 .47 .44 .47 C .6 .47 .78 .52 .76 .7 C .74 .96 .34 .98 .24 .8",
            "M .26 .1 L .74 .1 L .46 .44 C .7 .42 .8 .56 .76 .72 C .7 .96 .34 .96 .24 .8",
            "M .3 .12 C .5 .04 .7 .12 .68 .28 C .66 .42 .52 .46 .42 .46 C .64 .46 .74 .6 .7 .74 C .64 .92 .42 .94 .26 .88",
        ],
        [
            "M .6 .92 L .6 .08 L .2 .66 L .82 .66",
            "M .3 .1 L .24 .54 L .78 .54 M .66 .1 L .62 .92",
            "M .28 .12 C .24 .34 .22 .5 .3 .52 C .44 .56 .6 .5 .7 .46 M .7 .14 C .66 .4 .64 .6 .62 .92",
        ],
        [
            "M .74 .1 L .32 .1 L .28 .46 C .45 .34 .8 .4 .76 .68 C .72 .98 .34 .96 .24 .8",
            "M .72 .12 L .34 .12 L .3 .44 C .56 .4 .74 .5 .7 .7 C .66 .9 .42 .94 .24 .88",
            "M .34 .12 L .3 .44 C .5 .36 .76 .46 .72 .7 C .68 .92 .4 .96 .26 .84 M .34 .12 L .76 .1",
        ],
        [
            "M .68 .1 C .4 .14 .22 .45 .26 .7 C .3 .98 .76 .96 .74 .68 C .72 .42 .36 .44 .27 .66",
            "M .56 .08 C .36 .3 .22 .6 .32 .8 C .44 1.0 .74 .88 .7 .68 C .66 .48 .38 .56 .32 .78",
            "M .7 .18 C .56 .02 .26 .16 .26 .58 C .26 .98 .72 1.0 .74 .72 C .74 .48 .36 .44 .26 .68",
        ],
        [
            "M .22 .1 L .78 .1 L .42 .92",
            "M .22 .1 L .78 .1 L .42 .92 M .34 .5 L .68 .5",
            "M .22 .22 L .24 .1 L .78 .1 C .6 .4 .48 .6 .44 .92",
        ],
        [
            "M .5 .47 C .2 .4 .24 .08 .5 .08 C .76 .08 .8 .4 .5 .47 C .16 .54 .2 .92 .5 .92 C .8 .92 .84 .54 .5 .47",
            "M .7 .2 C .6 .0 .28 .06 .3 .28 C .32 .48 .72 .5 .74 .72 C .74 .96 .26 .98 .26 .72 C .28 .5 .68 .44 .7 .2",
            "M .66 .14 C .4 .02 .26 .2 .34 .34 C .44 .5 .7 .6 .68 .76 C .66 .94 .32 .96 .3 .78 C .28 .6 .62 .42 .68 .3 C .72 .2 .68 .14 .6 .12",
        ],
        [
            "M .74 .34 C .7 .04 .26 .04 .26 .32 C .26 .58 .68 .58 .74 .3 L .7 .92",
            "M .72 .3 C .66 .06 .28 .06 .28 .32 C .3 .56 .7 .54 .73 .28 C .78 .6 .68 .88 .34 .9",
            "M .7 .16 C .5 .0 .24 .18 .3 .36 C .36 .54 .64 .44 .72 .16 C .7 .4 .66 .66 .58 .92",
        ],
    ];

    /// <summary>The strokes of each digit in each hand.</summary>
    public static IReadOnlyList<IReadOnlyList<IReadOnlyList<Curve>>> Digits { get; } = Array.ConvertAll(Texts, hands => Array.ConvertAll(hands, Parse));

    private static IReadOnlyList<Curve> Parse(string text)
    {
        var (words, curves, pen) = (new Queue<string>(text.Split(' ')), new List<Curve>(), default(Point));
        while (words.TryDequeue(out var word))
        {
            var start = pen;
            switch (word)
            {
                case "M":
                    pen = Next(words);
                    break;
                case "L":
                    pen = Next(words);
                    curves.Add(Curve.Line(start, pen));
                    break;
                case "C":
                    curves.Add(new Curve(start, Next(words), Next(words), pen = Next(words)));
                    break;
                default:
                    throw new FormatException($"'{word}' in a glyph");
            }
        }

        return curves;
    }

    private static Point Next(Queue<string> words) => new(Number(words.Dequeue()), Number(words.Dequeue()));

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}

/// <summary>A point of the plane.</summary>
internal readonly record struct Point(double X, double Y)
{
    /// <summary>The point at a share t of the way.</summary>
    public Point Towards(Point other, double t) => new(X + (t * (other.X - X)), Y + (t * (other.Y - Y)));
}

/// <summary>A cubic Bezier curve.</summary>
internal readonly record struct Curve(Point Start, Point Near, Point Far, Point End)
{
    /// <summary>A line.</summary>
    public static Curve Line(Point start, Point end) => new(start, start.Towards(end, 1.0 / 3), start.Towards(end, 2.0 / 3), end);

    /// <summary>The point at t, 0 to 1, by De Casteljau's construction.</summary>
    public Point At(double t)
    {
        var (a, b, c) = (Start.Towards(Near, t), Near.Towards(Far, t), Far.Towards(End, t));
        return a.Towards(b, t).Towards(b.Towards(c, t), t);
    }
}
