using System.Numerics;

namespace Eigenscope.Learning;

/// <summary>Square roots of whole numbers.</summary>
internal static class Integers
{
    /// <summary>Square factors of primes beyond this are left under the root.</summary>
    private const int LargestPrime = 1000;

    /// <summary>The largest whole number whose square is not above n &gt;= 0, by Newton's steps from above.</summary>
    public static BigInteger Floor(BigInteger n)
    {
        if (n.IsZero)
        {
            return n;
        }

        for (var root = BigInteger.One << (int)((n.GetBitLength() + 1) / 2); ;)
        {
            var next = (root + (n / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>The whole square root; null where there is none.</summary>
    public static BigInteger? Root(BigInteger n)
    {
        if (n.Sign < 0)
        {
            return null;
        }

        var root = Floor(n);
        return root * root == n ? root : null;
    }

    /// <summary>n = factor^2 rest, with as large a factor as small primes give; of a square the whole root.</summary>
    /// <param name="n">From 1.</param>
    public static (BigInteger Factor, BigInteger Kept) SplitSquares(BigInteger n)
    {
        var (factor, rest) = (BigInteger.One, n);
        for (var p = 2; p <= LargestPrime && (long)p * p <= rest; p++)
        {
            while ((rest % ((long)p * p)).IsZero)
            {
                (factor, rest) = (factor * p, rest / ((long)p * p));
            }
        }

        return Root(rest) is { } root ? (factor * root, 1) : (factor, rest);
    }
}
