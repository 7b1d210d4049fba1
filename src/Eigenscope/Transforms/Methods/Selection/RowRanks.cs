namespace Eigenscope.Transforms;

/// <summary>The order of the elements of a row.</summary>
internal static class RowRanks
{
    /// <summary>Sorts magnitudes from the least to the largest, and their places along with them, in rising order where magnitudes are equal.</summary>
    public static void Sort(double[] magnitudes, int[] places)
    {
        Array.Sort(magnitudes, places);
        for (var first = 0; first < places.Length;)
        {
            var end = first + 1;
            while (end < places.Length && magnitudes[end].Equals(magnitudes[first]))
            {
                end++;
            }

            Array.Sort(places, first, end - first);
            first = end;
        }
    }
}
