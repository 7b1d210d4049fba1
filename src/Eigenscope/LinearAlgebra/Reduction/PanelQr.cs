namespace Eigenscope.LinearAlgebra;

/// <summary>
/// Householder QR of a block of b columns, E = Q R with Q = I - V T V^T (Schreiber and Van Loan 1989): R takes the place of E's upper triangle, V is
/// written beside it, with its ones and zeros.
/// </summary>
/// <remarks>
/// Eight columns at a time are reduced one by one, and then applied to those after them as a product. Cost: 2 m b^2 flops for m rows. One thread.
/// </remarks>
internal sealed unsafe class PanelQr : IDisposable
{
    private const int Rows = Panel.Rows;
    private const int Strip = TileKernel.Columns;

    private readonly TileKernel kernel;
    private readonly int width;
    private readonly double[] tau;
    private readonly AlignedBuffer projections;
    private readonly AlignedBuffer products;
    private double* e;
    private double* v;
    private nint eStep;
    private nint vStep;
    private int panels;

    /// <summary>For blocks of <paramref name="width"/> columns, a multiple of 8.</summary>
    public PanelQr(int width, TileKernel kernel)
    {
        (this.width, this.kernel) = (width, kernel);
        tau = new double[width];
        (projections, products) = (new AlignedBuffer(Rows * width), new AlignedBuffer(Rows * Strip));
    }

    /// <summary>The factors tau of the reflectors, 0 where there is none.</summary>
    public ReadOnlySpan<double> Tau => tau;

    /// <summary>Factors the columns at <paramref name="e"/> and writes V to <paramref name="v"/>; the panels of each lie a step apart.</summary>
    public void Factor(double* e, nint eStep, double* v, nint vStep, int rows)
    {
        this.e = e;
        this.v = v;
        (this.eStep, this.vStep, panels) = (eStep, vStep, Panel.Count(rows));
        for (var first = 0; first < width; first += Strip)
        {
            for (var j = first; j < first + Strip; j++)
            {
                Reflect(j, rows);
                ApplyWithinStrip(j, first + Strip);
            }

            if (first + Strip < width)
            {
                ApplyStrip(first);
            }
        }
    }

    public void Dispose()
    {
        projections.Dispose();
        products.Dispose();
    }

    private double* E(int panel, int column) => e + (panel * eStep) + (column * Rows);

    private double* V(int panel, int column) => v + (panel * vStep) + (column * Rows);

    /// <summary>Column j of V and tau_j, and R_jj in the place of E_jj.</summary>
    private void Reflect(int j, int rows)
    {
        var (pivotPanel, pivot) = (j / Rows, j % Rows);
        for (var panel = 0; panel < Math.Min(pivotPanel, panels); panel++)
        {
            new Span<double>(V(panel, j), Rows).Clear();
        }

        if (j >= rows)
        {
            tau[j] = 0;
            ClearFrom(pivotPanel, j);
            return;
        }

        var below = panels - pivotPanel;
        PanelColumns.Scale(1, E(pivotPanel, j), eStep, V(pivotPanel, j), vStep, below);
        new Span<double>(V(pivotPanel, j), pivot + 1).Clear();
        var reflector = Reflector.Of(E(pivotPanel, j)[pivot], PanelColumns.Dot(V(pivotPanel, j), vStep, V(pivotPanel, j), vStep, below));
        PanelColumns.Scale(reflector.Factor, V(pivotPanel, j), vStep, V(pivotPanel, j), vStep, below);
        V(pivotPanel, j)[pivot] = 1;
        (E(pivotPanel, j)[pivot], tau[j]) = (reflector.Beta, reflector.Tau);
    }

    private void ClearFrom(int panel, int j)
    {
        for (; panel < panels; panel++)
        {
            new Span<double>(V(panel, j), Rows).Clear();
        }
    }

    private void ApplyWithinStrip(int j, int end)
    {
        if (tau[j] == 0)
        {
            return;
        }

        var panel = j / Rows;
        for (var c = j + 1; c < end; c++)
        {
            var projection = tau[j] * PanelColumns.Dot(V(panel, j), vStep, E(panel, c), eStep, panels - panel);
            PanelColumns.AddScaled(-projection, V(panel, j), vStep, E(panel, c), eStep, panels - panel);
        }
    }

    /// <summary>Applies the eight reflectors from <paramref name="first"/> on to all columns after them: E := E - V T^T (V^T E).</summary>
    private void ApplyStrip(int first)
    {
        var panel = first / Rows;
        if (panel >= panels)
        {
            return;
        }

        Multiply(panel, first, V(panel, first), vStep, products.Pointer, Strip);
        var rest = first + Strip;
        Multiply(panel, first, E(panel, rest), eStep, projections.Pointer, width - rest);
        for (var c = 0; c < width - rest; c++)
        {
            TimesTransposedT(first, projections.Pointer + (c * Rows));
        }

        for (var p = panel; p < panels; p++)
        {
            for (var c = 0; c < width - rest; c += Strip)
            {
                kernel.Along(TileKernel.Depth.Of(Strip), V(p, first), projections.Pointer + (c * Rows), E(p, rest + c), Rows, TileKernel.Update.Subtract);
            }
        }
    }

    /// <summary>to[24 c + i] := v_{first + i} . y_c for i &lt; 8.</summary>
    private void Multiply(int panel, int first, double* y, nint yStep, double* to, int columns)
    {
        for (var c = 0; c < columns; c += PanelColumns.DotTile)
        {
            for (var i = 0; i < Strip; i += PanelColumns.DotTile)
            {
                PanelColumns.Dots(V(panel, first + i), vStep, y + (c * Rows), yStep, panels - panel, to + (c * Rows) + i);
            }
        }
    }

    /// <summary>y := T^T y for the strip, by applying its reflectors one after another in terms of their products: y_i := tau_i (y_i - sum_{k &lt; i} (v_i . v_k) y_k).</summary>
    private void TimesTransposedT(int first, double* y)
    {
        for (var i = 0; i < Strip; i++)
        {
            var sum = y[i];
            for (var k = 0; k < i; k++)
            {
                sum -= products.Pointer[(k * Rows) + i] * y[k];
            }

            y[i] = tau[first + i] * sum;
        }
    }
}
