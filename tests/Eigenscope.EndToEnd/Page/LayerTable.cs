namespace Eigenscope.EndToEnd.Page;

/// <summary>The table of layers as it is shown.</summary>
internal static class LayerTable
{
    /// <summary>The button that is there while more rows can come.</summary>
    public const string MoreRows = ".layers > .scroll + div button";

    /// <summary>The names of the rows that are shown, from top to bottom.</summary>
    public static Task<string[]> Names(ReportView opened) => opened.Texts("() => [...document.querySelectorAll('.layers tbody tr a')].map(link => link.textContent)");

    /// <summary>The numbers of a column, from top to bottom, without empty cells.</summary>
    public static async Task<double[]> Numbers(ReportView opened, string column) =>
        await opened.Page.EvaluateAsync<double[]>(
            """
            column => {
              const place = [...document.querySelectorAll('.layers th button')].findIndex(button => button.dataset.sort === column);
              return [...document.querySelectorAll('.layers tbody tr')].map(row => row.cells[place].textContent).filter(text => text !== '' && text !== '–').map(Number);
            }
            """, column);
}
