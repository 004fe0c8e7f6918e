namespace Helu.Inference.Tracing;

/// <summary>A model's forward over recorded values.</summary>
/// <param name="self">The frozen model.</param>
/// <param name="inputs">One for each parameter of the forward.</param>
public delegate Value Forward(ModuleNode self, Value[] inputs);
