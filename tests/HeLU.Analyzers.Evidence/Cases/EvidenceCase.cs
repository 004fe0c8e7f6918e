namespace Helu.Analyzers.Evidence.Cases;

/// <summary>
/// A small TorchSharp program of the corpus: a model and its training, as a user writes them, with a method
/// <c>public static (Module&lt;Tensor, Tensor&gt; Model, Tensor X) Program.Run(int steps)</c> that builds and trains the model
/// and hands it back with its training data. Without steps it is the model at initialisation.
/// </summary>
internal sealed record EvidenceCase(Area Area, string Name, Half Half, string Source)
{
    public override string ToString() => $"{Area.Name}/{Name}";
}
