using System.Text;

namespace Eigenscope.EndToEnd;

/// <summary>A parsed CSV file (RFC 4180): each row as a map from column to field.</summary>
internal sealed class CsvTable
{
    private CsvTable(List<string[]> records)
    {
        Columns = records[0];
        Rows = [.. records.Skip(1).Select(fields => Columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second))];
        IsRectangular = records.TrueForAll(fields => fields.Length == Columns.Count);
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<Dictionary<string, string>> Rows { get; }

    /// <summary>True where every row has as many fields as the header.</summary>
    public bool IsRectangular { get; }

    public static CsvTable Parse(string text)
    {
        var (records, fields, field, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        foreach (var c in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\"\"", "\u0001", StringComparison.Ordinal))
        {
            switch (c)
            {
                case '"':
                    quoted = !quoted;
                    break;
                case ',' or '\n' when !quoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    if (c == '\n')
                    {
                        records.Add([.. fields]);
                        fields.Clear();
                    }

                    break;
                default:
                    field.Append(c == '\u0001' ? '"' : c);
                    break;
            }
        }

        return new CsvTable(records);
    }
}
