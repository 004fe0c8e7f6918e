using Helu.Generators.Tests.Harness;

namespace Helu.Generators.Tests;

/// <summary>The name under which a swapped call is watched.</summary>
public sealed class LayerNameTests(LayerNameTests.Programs programs) : IClassFixture<LayerNameTests.Programs>
{
    /// <summary>Bodies of forward, and the names of their swapped calls in order; the body stands on one line.</summary>
    public static TheoryData<string, string[]> Names => new()
    {
        { "return functional.relu(fc1.call(x));", ["fc1"] },
        { "return bn1.forward(fc1.forward(x)).relu();", ["bn1"] },
        { "x = this.fc1.call(x); x = functional.relu(x); return x;", ["fc1"] },
        { "using var h = fc1.call(x); using var y = h.relu(); return y + h;", ["fc1"] },
        { "return act.call(fc1.call(x));", ["act"] },
        { "return this.act.forward(x);", ["act"] },
        { "return act?.call(x)!;", ["act"] },
        { "return ReLU().call(fc1.call(x));", ["fc1"] },
        { "return functional.relu(pool.call(Grid(x)));", ["pool"] },
        { "return functional.relu(keeps.layer.call(x));", ["keeps.layer"] },
        { "return functional.relu(layers[1].call(x));", ["layers"] },
        { "foreach (var layer in layers) x = functional.relu(layer.call(x)); return x;", ["layer"] },
        { "x = functional.relu(fc1.call(x)); return functional.relu(fc2.call(x));", ["fc1", "fc2"] },
        { "return functional.relu(x);", ["forward:{line}"] },
        { "return (x + fc1.call(x)).relu();", ["forward:{line}"] },
        { "return Local(x); Tensor Local(Tensor t) => t.relu();", ["forward:{line}"] },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void ACallIsNamedByItsModuleOrTheLayerBeforeOrItsPlace(string body, string[] names)
    {
        string text = programs.Of.Generated(body);
        int line = programs.Of.LineOf(body);

        Assert.Equal(
            names.Select(name => name.Replace("{line}", line.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)),
            text.Split('\n').Where(call => call.Contains(" Swap.", StringComparison.Ordinal) && !call.Contains("Swap.Sequential", StringComparison.Ordinal)).Select(call => call.Split('"')[1]));
    }

    public sealed class Programs : IDisposable
    {
        internal ForwardPrograms Of { get; } = new(Names.Select(row => (string)row[0]));

        public void Dispose() => Of.Dispose();
    }
}
