using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Sums up a run.</summary>
/// <param name="run">The run, at its end.</param>
/// <param name="declarations">The code that was traced.</param>
internal sealed class TraceResult(TraceRun run, IReadOnlyCollection<SyntaxNode> declarations)
{
    private static readonly HashSet<string> s_embeddingLosses =
    [
        "triplet_margin_loss", "triplet_margin_with_distance_loss", "cosine_embedding_loss", "hinge_embedding_loss",
        "TripletMarginLoss", "TripletMarginWithDistanceLoss", "CosineEmbeddingLoss", "HingeEmbeddingLoss",
    ];

    private readonly Dictionary<TracedModule, TracedModel> _models = [];

    /// <summary>What the run showed of models that are known; nothing else is looked for.</summary>
    public Trace Of(IReadOnlyList<TracedModule> models)
    {
        TracedModule[] parts = [.. run.Created.SelectMany(ModuleRunner.Children)];
        var roots = new HashSet<TracedModule>(run.Created.Except(parts));
        TracedModel[] traced = [.. models.Select(Forward)];
        OptimiserUse[] optimisers = [.. run.Optimisers.Select(use => Optimiser(use.Call, use.Arguments, roots))];
        return new(traced, optimisers, [.. run.Layers.Where(layer => layer.Kind == LayerKind.Loss)], Continued(), Initialisations(), !run.IsExhausted && !run.IsCut);
    }

    /// <summary>What the run of a method showed: of the Sequentials that it built for themselves.</summary>
    public Trace OfMethod()
    {
        TracedModule[] parts = [.. run.Created.SelectMany(ModuleRunner.Children)];
        return Of([.. run.Created.Where(module => module.Factory == "Sequential" && !module.IsUserClass).Except(parts)]);
    }

    private TracedInitialisations Initialisations() => new(
        [.. run.Created.Where(module => module.Weight.Initialisation.Kind != InitialisationKind.Default).Select(module => module.Creation).Distinct()],
        run.Fills,
        run.FillsOfUnknown);

    private TracedModel Forward(TracedModule module)
    {
        if (_models.TryGetValue(module, out TracedModel? known))
            return known;
        ModuleRun ran = run.Runs.Find(one => one.Module == module && TakesData(one)) ?? RunOnce(module);
        SyntaxNode[] code = module.IsUserClass ? [.. module.Type!.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(run.Token))] : [.. declarations];
        return _models[module] = new(module, [.. Tensors(ran.Output)], [.. run.Layers.Skip(ran.First).Take(ran.Count)], code);
    }

    /// <summary>Whether a run takes tensors of which nothing is known, rather than what the code computed before: the model is judged by itself.</summary>
    private bool TakesData(ModuleRun ran)
    {
        List<Layer> layers = run.Layers.GetRange(ran.First, ran.Count);
        var own = new HashSet<Layer>(layers);
        return layers.SelectMany(layer => layer.Inputs).All(input => input.Kind == LayerKind.Input || own.Contains(input));
    }

    /// <summary>Runs a model that the code builds and does not run itself, or not on data as it is.</summary>
    private ModuleRun RunOnce(TracedModule module)
    {
        IMethodSymbol? forward = module.IsUserClass ? Dispatch.Forward(module.Type!) : null;
        Value[] inputs = [.. Enumerable.Range(0, forward?.Parameters.Length ?? 1)
            .Select(index => forward is null || run.IsTensor(forward.Parameters[index].Type)
                ? new Value.Tensor(run.Add(new(LayerKind.Input, forward?.Parameters[index].Name ?? "", [], new(module.Creation, null))))
                : Value.None)];
        run.Modules.Run(module, inputs, null);
        return run.Runs[run.Runs.Count - 1];
    }

    private OptimiserUse Optimiser(IInvocationOperation call, IReadOnlyDictionary<string, Value> arguments, HashSet<TracedModule> roots)
    {
        TracedModule[] trained = [.. arguments.Where(pair => pair.Key.EndsWith("parameters", StringComparison.Ordinal)).SelectMany(pair => Owners(pair.Value)).Distinct()];
        TracedModel[] models = [.. roots.Where(root => ModuleRunner.WithDescendants(root).Intersect(trained).Any()).Select(Forward)];
        Dictionary<string, SyntaxNode> nodes = call.Arguments
            .Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is not null)
            .ToDictionary(argument => argument.Parameter!.Name, argument => argument.Value.Syntax);
        return new(call.TargetMethod.Name, models, trained, arguments, nodes, call.Syntax);
    }

    private static IEnumerable<TracedModule> Owners(Value value) => value switch
    {
        Value.Parameter parameter => [parameter.Owner],
        Value.Sequence { Items: { } items } => items.Items.SelectMany(Owners),
        _ => [],
    };

    private static IEnumerable<Layer> Tensors(Value value) => value switch
    {
        Value.Tensor tensor => [tensor.Layer],
        Value.Sequence { Items: { } items } => items.Items.SelectMany(Tensors),
        _ => [],
    };

    /// <summary>The modules whose output another module takes in, straight or in another shape; or that is compared with another's, as embeddings are.</summary>
    private TracedModule[] Continued()
    {
        var outputs = new HashSet<Layer>(run.Runs.Select(ran => ran.Output).OfType<Value.Tensor>().Select(output => output.Layer));
        var taken = new HashSet<Layer>();
        foreach (Layer layer in run.Layers.Where(layer => GoesOn(layer, outputs)).SelectMany(layer => layer.Inputs))
        {
            for (Layer? input = layer; input is not null && taken.Add(input) && input.Kind is LayerKind.Reshape or LayerKind.Scale or LayerKind.Dropout or LayerKind.Pooling;)
                input = input.Input;
        }
        return [.. run.Runs.Where(ran => ran.Output is Value.Tensor { Layer: { } output } && taken.Contains(output)).Select(ran => ran.Module).Distinct()];
    }

    /// <summary>Whether what a layer takes are features: it is a module, one that is not known included; a measure of similarity; or it joins the outputs of two modules.</summary>
    private static bool GoesOn(Layer layer, HashSet<Layer> outputs) => layer switch
    {
        { Kind: LayerKind.Loss } => s_embeddingLosses.Contains(layer.Name),
        { Kind: LayerKind.Softmax } => false,
        { Module: not null } => true,
        { Name: "call" or "forward" or "normalize" or "cosine_similarity" or "CosineSimilarity" or "pairwise_distance" or "cdist" or "matmul" or "mm" or "bmm" } => true,
        { Kind: LayerKind.Operation, Inputs.Count: 2 } => layer.Inputs.All(outputs.Contains),
        _ => false,
    };
}
