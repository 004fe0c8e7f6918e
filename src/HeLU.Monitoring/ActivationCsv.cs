using System.Globalization;
using System.Text;
using Helu.Watching;

namespace Helu.Monitoring;

/// <summary>Writes a CSV file (RFC 4180, UTF-8): a header, then a row for each window and layer. Rows of a window are written at once, when it ends.</summary>
/// <remarks>
/// Columns: window, first_step, last_step, sampled_steps, layer, activation, alpha, inputs, units, dead_units, dead_share, units_within_reach, share_within_reach, dynamic_dead_rate,
/// sparsity, mean_activation; what they mean is at <see cref="ActivationWindow"/> and <see cref="LayerActivity"/>. Shares and rates are 0 to 1. Numbers are in the invariant culture.
/// </remarks>
public sealed class ActivationCsv : IActivationReport
{
    private const string Header =
        "window,first_step,last_step,sampled_steps,layer,activation,alpha,inputs,units,dead_units,dead_share,units_within_reach,share_within_reach,dynamic_dead_rate,sparsity,mean_activation\r\n";

    private readonly FileStream _file;

    /// <summary>Makes the file and its folder; a file that is there is replaced. Others may read it meanwhile.</summary>
    /// <param name="path">Where it is written.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public ActivationCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Write(Header);
    }

    /// <inheritdoc/>
    public void Add(ActivationWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var rows = new StringBuilder();
        foreach (LayerActivity layer in window.Layers)
        {
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{window.Index},{window.FirstStep},{window.LastStep},{window.SampledSteps},{Quoted(layer.Layer)},{Quoted(layer.Activation)},{layer.Alpha},{layer.Inputs},{layer.Units.Count},");
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{layer.DeadUnits},{layer.DeadShare},{layer.UnitsWithinReach},{layer.ShareWithinReach},{layer.DynamicDeadRate},{layer.Sparsity},{layer.MeanActivation}\r\n");
        }
        Write(rows.ToString());
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(string text) => _file.Write(Encoding.UTF8.GetBytes(text));

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
