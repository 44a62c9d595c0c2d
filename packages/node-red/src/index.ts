export { actionNodes, configNodes, nodeTypes, triggerNodes } from './model/nodes';
export type { ActionNode, NodeOperation, TriggerNode } from './model/nodes';
export { PACKAGE_NAME, propertyOf, typePropertyOf } from './model/names';
