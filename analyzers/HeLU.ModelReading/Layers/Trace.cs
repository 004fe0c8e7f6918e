namespace Helu.ModelReading.Layers;

/// <summary>What running a piece of code shows: a model class by itself, or a method that builds, trains or uses models.</summary>
/// <param name="Models">The model class; for a method the Sequentials that it builds and that belong to no other module.</param>
/// <param name="Optimisers">The optimisers that are constructed in it.</param>
/// <param name="Losses">The losses (<see cref="LayerKind.Loss"/>) that are computed in it, over whatever model.</param>
/// <param name="Continued">The modules whose output goes on into another module: an encoder before its decoder.</param>
/// <param name="Initialisations">What it fills the parameters of modules with, whether it uses those modules or not.</param>
/// <param name="IsComplete">False where the code was too much to be followed to its end: nothing may be concluded from what is absent.</param>
internal sealed record Trace(
    IReadOnlyList<TracedModel> Models,
    IReadOnlyList<OptimiserUse> Optimisers,
    IReadOnlyList<Layer> Losses,
    IReadOnlyCollection<TracedModule> Continued,
    TracedInitialisations Initialisations,
    bool IsComplete);
