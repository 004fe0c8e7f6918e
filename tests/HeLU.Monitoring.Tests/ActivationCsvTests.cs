using System.Globalization;
using Helu.Watching;

namespace Helu.Monitoring.Tests;

public sealed class ActivationCsvTests : IDisposable
{
    private const string Header =
        "window,first_step,last_step,sampled_steps,layer,activation,alpha,inputs,units,dead_units,dead_share,units_within_reach,share_within_reach,dynamic_dead_rate,sparsity,mean_activation";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_for_each_window_and_layer_is_complete_as_soon_as_the_window_is_in()
    {
        string file = _folder.File("new", "units.csv");
        using var csv = new ActivationCsv(file);
        csv.Add(Windows.Of(0, ("relu1", 1), ("relu2", 4)));

        Assert.Equal(
            [Header, "0,0,9,1,relu1,HeLU,0.05,8,4,1,0.25,1,0.25,0.625,0.625,0.1875", "0,0,9,1,relu2,HeLU,0.05,8,4,4,1,1,0.25,1,1,0"],
            Read(file));

        csv.Add(Windows.Of(1, ("relu1", 0)));

        Assert.Equal("1,10,19,1,relu1,HeLU,0.05,8,4,0,0,0,0,0.5,0.5,0.25", Read(file)[3]);
    }

    [Fact]
    public void A_comma_or_a_quotation_mark_in_a_name_is_quoted()
    {
        string file = _folder.File("units.csv");
        using (var csv = new ActivationCsv(file))
            csv.Add(Windows.Of(0, ("a,\"b\"", 0)));

        Assert.Contains(",\"a,\"\"b\"\"\",HeLU,", Read(file)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_do_not_follow_the_culture_and_keep_every_digit()
    {
        string file = _folder.File("units.csv");
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus" } };
        try
        {
            using var csv = new ActivationCsv(file);
            csv.Add(new ActivationWindow(0, 0, 1, 1, [new LayerActivity("act", "GELU", 0.05, 3, [new UnitActivity(1, 1 / 3.0, 0, -1 / 3.0, false)])]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        string[] row = Read(file)[1].Split(',');
        Assert.Equal([1 / 3.0, 0, -1 / 3.0], row[13..].Select(number => double.Parse(number, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_file_of_an_earlier_run_is_replaced()
    {
        string file = _folder.File("units.csv");
        File.WriteAllText(file, new string('x', 10_000));
        new ActivationCsv(file).Dispose();
        Assert.Equal([Header], Read(file));
    }

    /// <summary>The lines of a file that is still being written.</summary>
    private static string[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        string text = reader.ReadToEnd();
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text[..^2].Split("\r\n");
    }
}
